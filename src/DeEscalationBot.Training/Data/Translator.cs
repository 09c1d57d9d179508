using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Training.Data;

/// <summary>Translates training lines between Spanish and English by Apertium, a rule-based translator of the Debian distribution.</summary>
/// <remarks>
/// The words of a machine translation are good, its grammar is not: enough to teach heads over n-grams what a line's label means in the
/// other language. Its output is used to train and kept nowhere. Safe for concurrent use: each call starts processes of its own.
/// </remarks>
public static class Translator
{
    private const int ChunkLines = 1000;

    // Marks of Apertium's own stream format, and what it takes for formatting.
    private const string Reserved = "^$[]{}<>\\/@~";

    /// <summary>Translates lines, in order.</summary>
    /// <param name="texts">Lines of the other language.</param>
    /// <param name="into">The language wanted.</param>
    /// <param name="program">The translator's program.</param>
    /// <returns>For each line its translation, or nothing where the translator failed on it.</returns>
    /// <exception cref="InvalidOperationException">The translator is not installed.</exception>
    public static IReadOnlyList<string?> Translate(IReadOnlyList<string> texts, MessageLanguage into, string program = "apertium")
    {
        var translated = new string?[texts.Count];
        var direction = into == MessageLanguage.Spanish ? "eng-spa" : "spa-eng";
        for (var from = 0; from < texts.Count; from += ChunkLines)
        {
            TranslateChunk(texts, translated, from, Math.Min(texts.Count, from + ChunkLines), program, direction);
        }

        return translated;
    }

    // The translator gives up on some lines and takes the rest of its input along: halves find the line.
    private static void TranslateChunk(IReadOnlyList<string> texts, string?[] into, int from, int to, string program, string direction)
    {
        var lines = Run(program, direction, [.. Enumerable.Range(from, to - from).Select(i => Plain(texts[i]))]);
        if (lines.Count == to - from)
        {
            for (var i = from; i < to; i++)
            {
                into[i] = lines[i - from] is { Length: > 0 } line ? line : null;
            }
        }
        else if (to - from > 1)
        {
            var middle = (from + to) / 2;
            TranslateChunk(texts, into, from, middle, program, direction);
            TranslateChunk(texts, into, middle, to, program, direction);
        }
    }

    private static List<string> Run(string program, string direction, IReadOnlyList<string> lines)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, ["-u", direction])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                StandardOutputEncoding = Encoding.UTF8,
            },
        };
        process.ErrorDataReceived += (_, _) => { };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException("Training with --translate needs the packages apertium and apertium-eng-spa: install them (Debian: apt-get install apertium apertium-eng-spa).", e);
        }

        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEndAsync();
        try
        {
            foreach (var line in lines)
            {
                process.StandardInput.Write(line + " .\n");
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It died over a line; the count of the lines that came back tells.
        }

        var translated = output.GetAwaiter().GetResult();
        process.WaitForExit();
        return [.. translated.TrimEnd('\n').Split('\n').Select(l => l.Trim().TrimEnd('.', ' '))];
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            plain.Append(char.IsWhiteSpace(c) || char.IsControl(c) || Reserved.Contains(c, StringComparison.Ordinal) ? ' ' : c);
        }

        return plain.ToString().Trim();
    }
}
