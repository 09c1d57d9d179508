using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeEscalationBot.Host.Channels.BotFramework.Cards;

/// <summary>How much of people's words a card shows.</summary>
/// <param name="Words">The longest quotation, in UTF-16 units.</param>
/// <param name="Items">The longest list: of signs, findings, notes.</param>
/// <param name="ShowsPictures">Whether it has its pictures; what they show is said in words, too.</param>
public sealed record CardLimits(int Words, int Items, bool ShowsPictures);

/// <summary>Keeps cards small enough for every way that leads to Teams.</summary>
/// <remarks>
/// Shortened in this order until the card fits: quotations to 1200, 600, 300 and 120 units, lists to 5 and then 3 items, and last without pictures. What is
/// cut ends with an ellipsis, or says how much more there is; buttons, state and reasons of ours are never cut. Our own words and ids alone are far
/// below the limit, so that the last form always fits; a test holds it to that.
/// </remarks>
public static class CardBudget
{
    /// <summary>The most that a card may take as JSON in UTF-8: 28 KB, what webhooks and flows of Teams allow; a message of a bot may take more.</summary>
    public const int MaxBytes = 28 * 1024;

    private static readonly CardLimits[] Forms = [new(1200, 5, true), new(600, 5, true), new(300, 3, true), new(120, 3, true), new(120, 3, false)];

    /// <summary>Builds a card as fully as it fits.</summary>
    /// <param name="build">Builds it within limits.</param>
    /// <exception cref="InvalidOperationException">Even the shortest form is too long: a defect of the card.</exception>
    public static JsonElement Fit(Func<CardLimits, JsonObject> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        foreach (var limits in Forms)
        {
            // Measured with every letter escaped that may be: whoever sends it on may write it so.
            var bytes = JsonSerializer.SerializeToUtf8Bytes(build(limits));
            if (bytes.Length <= MaxBytes)
            {
                return JsonSerializer.Deserialize<JsonElement>(bytes);
            }
        }

        throw new InvalidOperationException($"A card has more than {MaxBytes} bytes in its shortest form.");
    }
}
