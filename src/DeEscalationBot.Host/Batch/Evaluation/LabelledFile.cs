using System.Text;
using DeEscalationBot.Host.Channels.Http;

namespace DeEscalationBot.Host.Batch.Evaluation;

/// <summary>A line that could not be used.</summary>
/// <param name="Line">Where it begins in the file, from 1.</param>
/// <param name="Reason">Why, in a sentence without the customer's text.</param>
public sealed record BrokenLine(int Line, string Reason);

/// <summary>A file as a whole cannot be evaluated. The message says why and what to do.</summary>
/// <param name="message">Why, and what to do.</param>
public sealed class LabelledFileException(string message) : Exception(message);

/// <summary>Reads a support desk's own labelled messages: CSV with a header, or one JSON object a line.</summary>
/// <param name="Messages">What could be used, in the order of the file.</param>
/// <param name="Broken">What could not.</param>
public sealed record LabelledFile(IReadOnlyList<LabelledMessage> Messages, IReadOnlyList<BrokenLine> Broken)
{
    /// <summary>The longest file that is read: 256 MiB.</summary>
    public const long MaxBytes = 256L << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file. Which of the two kinds it is, its first character tells.</param>
    /// <exception cref="LabelledFileException">There is no such file, it is not text in UTF-8, or a column is missing.</exception>
    public static LabelledFile Read(string path)
    {
        var text = Decode(ReadBytes(path));
        var messages = new List<LabelledMessage>();
        var broken = new List<BrokenLine>();
        foreach (var (line, fields, problem) in Rows(text))
        {
            var message = fields is null ? null : LabelledMessage.Read(fields, line);
            if (message is not null && fields!.IsGood)
            {
                messages.Add(message);
            }
            else
            {
                broken.Add(new BrokenLine(line, problem ?? fields!.Explanation));
            }
        }

        return new LabelledFile(messages, broken);
    }

    private static IEnumerable<LabelledRow> Rows(string text) => text.AsSpan().TrimStart() switch
    {
        [] => throw new LabelledFileException("The file is empty. It needs a header line and a line for each message, or one JSON object a line."),
        ['[', ..] => throw new LabelledFileException("The file is one JSON array. Write one object a line instead, for instance with: jq -c '.[]' FILE > FILE.jsonl"),
        ['{', ..] => JsonRows(text),
        _ => LabelledCsv.Read(text),
    };

    private static IEnumerable<LabelledRow> JsonRows(string text)
    {
        using var lines = new StringReader(text);
        for (var number = 1; lines.ReadLine() is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                var fields = FieldReader.Open(line, out var problem);
                yield return new LabelledRow(number, fields, problem);
            }
        }
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            var length = new FileInfo(path).Length;
            return length <= MaxBytes
                ? File.ReadAllBytes(path)
                : throw new LabelledFileException($"{path} has {length >> 20} MiB; at most {MaxBytes >> 20} are read. Take a sample of the messages, whole conversations at a time.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LabelledFileException($"There is no file {path}.");
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new LabelledFileException($"{path} cannot be read: {e.Message}");
        }
    }

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("PK\u0003\u0004"u8))
        {
            throw new LabelledFileException("The file is an Excel workbook or another archive. Save it as 'CSV UTF-8 (comma delimited)' first.");
        }

        // In UTF-16 every other byte of Latin text is 0; in UTF-8 text there is none.
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || (bytes.Length >= 4 && bytes[..Math.Min(bytes.Length, 1000)].Count((byte)0) * 4 > Math.Min(bytes.Length, 1000)))
        {
            throw new LabelledFileException("The file is in UTF-16, it has to be UTF-8. In Excel save it as 'CSV UTF-8', elsewhere: iconv -f UTF-16 -t UTF-8 FILE > NEW");
        }

        bytes = bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes;
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            var line = bytes[..Math.Clamp(e.Index, 0, bytes.Length)].Count((byte)'\n') + 1;
            throw new LabelledFileException($"The file is not UTF-8: line {line} has a byte that cannot be. It is probably Windows-1252, as Excel's plain 'CSV' is. In Excel save it as 'CSV UTF-8', elsewhere: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW");
        }
    }
}

/// <summary>The fields of one line, or why there are none.</summary>
/// <param name="Line">Where it begins in the file, from 1.</param>
/// <param name="Fields">The fields, or nothing.</param>
/// <param name="Problem">Why there are none.</param>
internal readonly record struct LabelledRow(int Line, FieldReader? Fields, string? Problem);
