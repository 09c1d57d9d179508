using System.Text;

namespace DeEscalationBot.Host.Cases;

/// <summary>How the bytes of an imported file are read.</summary>
/// <param name="Text">The text; nothing when the bytes are none of it.</param>
/// <param name="Guess">When the bytes are no UTF-8: the text as Excel's plain CSV has it, to be shown before it is believed; nothing when they are not that either.</param>
public sealed record ImportedText(string? Text, string? Guess)
{
    private const char ControlsFrom = '\u0080';
    private const char ControlsTo = '\u009F';

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static ImportedText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Reads bytes: UTF-8, or UTF-16 where a byte order mark says so (Excel's "Unicode text").</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="isWindows">Whether somebody said that it is Windows-1252.</param>
    public static ImportedText Of(ReadOnlySpan<byte> bytes, bool isWindows)
    {
        try
        {
            var text = bytes switch
            {
                [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes[2..]),
                [0xEF, 0xBB, 0xBF, ..] => Utf8.GetString(bytes[3..]),
                _ => Utf8.GetString(bytes),
            };
            return new ImportedText(text, null);
        }
        catch (DecoderFallbackException)
        {
            // Every byte is a sign in it, but five that stand for nothing: with one of those it is something else.
            var text = Encoding.GetEncoding(1252).GetString(bytes);
            return text.AsSpan().IndexOfAnyInRange(ControlsFrom, ControlsTo) >= 0 ? new ImportedText(null, null) : isWindows ? new ImportedText(text, null) : new ImportedText(null, text);
        }
    }
}
