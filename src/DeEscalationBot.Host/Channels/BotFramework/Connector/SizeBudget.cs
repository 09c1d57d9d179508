using System.Text.Json;
using DeEscalationBot.Host.Channels.BotFramework.Activities;

namespace DeEscalationBot.Host.Channels.BotFramework.Connector;

/// <summary>Keeps messages under what Teams takes: about 100 KB as UTF-16 all in all, of which we use 80; a card 28 KB.</summary>
public static class SizeBudget
{
    /// <summary>The most that a message may have, in UTF-16 units: 40 000, which is 80 KB.</summary>
    public const int MostUnits = 40_000;

    /// <summary>The most that a card may have, in bytes of UTF-8: 28 KB.</summary>
    public const int MostCardBytes = 28 * 1024;

    private const string Cut = "…";

    /// <summary>The message, made to fit: a card that is too large gives way to the text, a text that is too long is cut.</summary>
    /// <param name="activity">The message. Its text or summary should say what its cards say.</param>
    /// <param name="wasCut">Whether something had to give way.</param>
    public static Activity Fit(Activity activity, out bool wasCut)
    {
        ArgumentNullException.ThrowIfNull(activity);
        var cards = activity.Attachments?.Where(a => a?.Content is not { } content || content.GetRawText() is var raw && System.Text.Encoding.UTF8.GetByteCount(raw) <= MostCardBytes).ToArray();
        var fitting = cards?.Length == activity.Attachments?.Count
            ? activity
            : activity with { Attachments = cards is { Length: > 0 } ? cards : null, Text = activity.Text ?? activity.Summary };
        var over = UnitsOf(fitting) - MostUnits;
        if (over > 0 && fitting.Attachments is not null)
        {
            fitting = fitting with { Attachments = null, Text = fitting.Text ?? fitting.Summary };
            over = UnitsOf(fitting) - MostUnits;
        }

        if (over > 0 && fitting.Text is { } text)
        {
            // How many units JSON takes for a letter depends on the letter: the longest beginning that fits is searched for. The summary only repeats it.
            fitting = fitting with { Summary = null };
            var (fits, tooLong) = (0, text.Length);
            while (tooLong - fits > 1)
            {
                var middle = (fits + tooLong) / 2;
                (fits, tooLong) = UnitsOf(fitting with { Text = text[..middle] + Cut }) <= MostUnits ? (middle, tooLong) : (fits, middle);
            }

            fits = fits > 0 && char.IsHighSurrogate(text[fits - 1]) ? fits - 1 : fits;
            fitting = fitting with { Text = text[..fits] + Cut };
        }

        wasCut = !ReferenceEquals(fitting, activity);
        return fitting;
    }

    private static int UnitsOf(Activity activity) => JsonSerializer.Serialize(activity, ActivityJson.Options).Length;
}
