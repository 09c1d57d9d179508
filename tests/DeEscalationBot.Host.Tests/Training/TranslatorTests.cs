using DeEscalationBot.Core.Channels;
using DeEscalationBot.Training.Data;

namespace DeEscalationBot.Host.Tests.Training;

/// <summary>The translator's program is played by a script: what it says and how it fails is what counts here.</summary>
public sealed class TranslatorTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("translator-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Translate_NotInstalled_SaysWhatToInstall()
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => Translator.Translate(["hola"], MessageLanguage.English, Path.Combine(_folder.FullName, "absent")));

        Assert.Contains("apt-get install apertium", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Translate_ProgramThatDiesOverALine_LosesOnlyThatLine()
    {
        // Stops, as the real one does, at the line that it cannot take; everything else comes back in capitals.
        var program = Script("while IFS= read -r line; do case \"$line\" in *boom*) exit 1;; esac; printf '%s\\n' \"$line\" | tr a-z A-Z; done");

        var translated = Translator.Translate(["uno", "dos boom", "tres [x]\n^y$", "cuatro."], MessageLanguage.English, program);

        Assert.Equal(["UNO", null, "TRES  X   Y", "CUATRO"], translated);
    }

    [Theory]
    [InlineData(MessageLanguage.Spanish, "eng-spa")]
    [InlineData(MessageLanguage.English, "spa-eng")]
    public void Translate_Direction_IsAskedFor(MessageLanguage into, string direction) =>
        Assert.Equal([direction], Translator.Translate(["x"], into, Script("cat > /dev/null; echo \"$2\"")));

    private string Script(string body)
    {
        var path = Path.Combine(_folder.FullName, "translate");
        File.WriteAllText(path, "#!/bin/sh\n" + body + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return path;
    }
}
