using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Training.Data;

namespace DeEscalationBot.Host.Tests.Training;

public sealed class CorpusReaderTests : IDisposable
{
    private const string Header = "id\tscenario\tindustry\tregion\taddress\tlevel\tsignals\tdecoys\ttext\n";

    private readonly DirectoryInfo _corpus = Directory.CreateTempSubdirectory("corpus-");

    public CorpusReaderTests()
    {
        _corpus.CreateSubdirectory("es");
        _corpus.CreateSubdirectory("en");
    }

    public void Dispose() => _corpus.Delete(recursive: true);

    [Fact]
    public void ReadTraining_HeldOutBeside_NeverReadsIt()
    {
        Write("es/train-1.tsv", Header + "t\ts1\ttelecom\tes\ttu\t2\t-\t-\tuna\\ndos\n");
        Write("es/heldout-a.tsv", Header + "h\ts2\ttelecom\tes\ttu\t0\t-\t-\totra\n");
        Write("es/conversations-heldout.jsonl", """{"id":"ch","industry":"retail","turns":[{"speaker":"customer","level":1,"text":"no"}]}""");

        var line = Assert.Single(CorpusReader.ReadTraining(_corpus.FullName));

        Assert.Equal(("t", "s1", "telecom", MessageLanguage.Spanish, 2, "una\ndos"), (line.Id, line.Scenario, line.Industry, line.Language, line.Level, line.Text));
        Assert.Equal("h", Assert.Single(CorpusReader.ReadHeldOut(_corpus.FullName)).Id);
    }

    [Fact]
    public void ReadTraining_Conversation_GivesItsCustomerTurns()
    {
        Write("en/conversations-train.jsonl", """{"id":"c1","industry":"hotel","turns":[{"speaker":"customer","level":1,"signals":["waiting"],"text":"still waiting"},{"speaker":"agent","text":"hello"},{"speaker":"customer","level":0,"signals":[],"text":"thanks"}]}""");

        var lines = CorpusReader.ReadTraining(_corpus.FullName);

        Assert.Equal(["c1-0", "c1-2"], lines.Select(l => l.Id));
        Assert.Equal([SignalType.Waiting], lines[0].Signals);
        Assert.Empty(lines[1].Signals);
    }

    [Fact]
    public void ReadTraining_FreshFile_IsMarkedWithItsSignalsAndDecoys()
    {
        Write("es/fresh-1.tsv", Header + "f\ts1\ttelecom\tes\ttu\t4\tabuse;threat\tchurnIntent\tuna\n");
        Write("es/train-1.tsv", Header + "t\ts2\ttelecom\tes\ttu\t0\t-\t-\totra\n");

        var lines = CorpusReader.ReadTraining(_corpus.FullName).ToDictionary(l => l.Id);

        Assert.True(lines["f"].IsFresh);
        Assert.Equal([SignalType.Abuse, SignalType.Threat], lines["f"].Signals.Order());
        Assert.Equal([SignalType.ChurnIntent], lines["f"].Decoys);
        Assert.False(lines["t"].IsFresh);
    }

    [Fact]
    public void ReadTraining_UnknownSignal_IsNamed()
    {
        Write("es/train-1.tsv", Header + "t\ts2\ttelecom\tes\ttu\t0\tanger\t-\totra\n");

        Assert.Contains("'anger'", Assert.Throws<InvalidDataException>(() => CorpusReader.ReadTraining(_corpus.FullName)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x\ts\ttelecom\tes\ttu\t5\t-\t-\ttexto\n")]
    [InlineData("x\ts\ttelecom\tes\ttu\t-1\t-\t-\ttexto\n")]
    [InlineData("x\ts\ttelecom\tes\ttu\t1\t-\ttexto\n")]
    public void ReadTraining_IllegalLine_NamesFileAndLine(string row)
    {
        Write("es/train-1.tsv", Header + row);

        var fault = Assert.Throws<InvalidDataException>(() => CorpusReader.ReadTraining(_corpus.FullName));

        Assert.Contains("train-1.tsv, line 2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadTraining_NoHeader_IsRefused()
    {
        Write("es/train-1.tsv", "x\ts\ttelecom\tes\ttu\t1\t-\t-\ttexto\n");

        Assert.Throws<InvalidDataException>(() => CorpusReader.ReadTraining(_corpus.FullName));
    }

    private void Write(string path, string text) => File.WriteAllText(Path.Combine(_corpus.FullName, path), text);
}
