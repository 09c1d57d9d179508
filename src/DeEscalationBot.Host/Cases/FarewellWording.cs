using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.Writing;

namespace DeEscalationBot.Host.Cases;

/// <summary>What a language model made of a farewell.</summary>
/// <param name="Text">The whole message in its words; nothing when ours stay.</param>
/// <param name="Written">What was written, and why it was not taken.</param>
/// <param name="BrokenRules">The rules of the farewell that the whole message would break; none when there is nothing to choose.</param>
public sealed record WordedFarewell(string? Text, WrittenText Written, IReadOnlyList<string> BrokenRules);

/// <summary>Lets a language model find better words for a farewell (B7), under the rules by which ours are read.</summary>
/// <remarks>
/// Only paragraphs without personal data are handed out: salutation, signature, addresses and whatever names somebody of the case stay here, and stand in the result as they were.
/// No failure of the model reaches the caller. Safe for concurrent use.
/// </remarks>
/// <param name="writer">Asks the model and checks what it wrote.</param>
/// <param name="reader">Reads the whole by the rules of the farewell.</param>
public sealed class FarewellWording(ICoachWriter writer, IFarewellReader reader)
{
    // A salutation or a signature is no longer than this.
    private const int MostWordsAtTheEdge = 12;

    /// <summary>Whether a language model is set up.</summary>
    public bool IsOn => writer.UsesLanguageModel;

    /// <summary>Asks for better words.</summary>
    /// <param name="text">Our message.</param>
    /// <param name="language">Its language.</param>
    /// <param name="address">How a Spanish-speaking customer is addressed.</param>
    /// <param name="people">Names that stay here: the customer's, and those of the case.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<WordedFarewell> WordAsync(string text, MessageLanguage language, AddressForm address, IReadOnlyCollection<string> people, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(people);
        var paragraphs = text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var handedOut = HandedOut(paragraphs, people);
        var body = string.Join("\n\n", paragraphs[handedOut]);
        var written = await writer.WriteAsync(new WritingRequest(WritingKind.Farewell, [], language, address) { Draft = body }, cancellationToken);
        if (written.Origin == WritingOrigin.Offline || written.Text == body)
        {
            return new WordedFarewell(null, written, []);
        }

        // What may stand in a part may not stand in the whole: the message is read as it would go out.
        string[] whole = [.. paragraphs[..handedOut.Start], written.Text, .. paragraphs[handedOut.End..]];
        var worded = string.Join("\n\n", whole);
        return reader.BrokenRules(worded, language) is { Count: > 0 } broken
            ? new WordedFarewell(null, written with { Text = body, Origin = WritingOrigin.Offline, Reason = OfflineReason.Refused, Faults = [WritingFault.DraftRule] }, broken)
            : new WordedFarewell(worded, written, []);
    }

    // The longest run of paragraphs that name nobody.
    private static Range HandedOut(string[] paragraphs, IReadOnlyCollection<string> people)
    {
        var (best, start) = (0..0, 0);
        for (var i = 0; i <= paragraphs.Length; i++)
        {
            if (i < paragraphs.Length && !StaysHere(paragraphs, i, people))
            {
                continue;
            }

            best = i - start > best.End.Value - best.Start.Value ? start..i : best;
            start = i + 1;
        }

        return best;
    }

    private static bool StaysHere(string[] paragraphs, int place, IReadOnlyCollection<string> people)
    {
        var paragraph = paragraphs[place];
        var isEdge = (place == 0 || place == paragraphs.Length - 1) && paragraph.Split(' ').Length <= MostWordsAtTheEdge;
        return isEdge || PiiRedactor.Find(paragraph).Count > 0 || people.Any(p => !string.IsNullOrWhiteSpace(p) && paragraph.Contains(p, StringComparison.OrdinalIgnoreCase));
    }
}
