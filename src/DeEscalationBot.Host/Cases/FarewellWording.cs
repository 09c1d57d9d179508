using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Coaching.Writing;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Host.Cases;

/// <summary>What a language model made of a farewell.</summary>
/// <param name="Text">The whole message in its words; nothing when ours stay.</param>
/// <param name="Written">What was written, and why it was not taken; nothing when no paragraph could be handed out, because each names somebody.</param>
/// <param name="Findings">The rules of the farewell that the whole message would break; none when there is something to choose.</param>
public sealed record WordedFarewell(string? Text, WrittenText? Written, IReadOnlyList<DraftFinding> Findings);

/// <summary>Lets a language model find better words for a farewell (B7), under the rules by which ours are read.</summary>
/// <remarks>
/// Only paragraphs without personal data are handed out: salutation, signature, addresses and whatever names somebody stay here, and stand in the result as they were.
/// No failure of the model reaches the caller. Safe for concurrent use.
/// </remarks>
/// <param name="writer">Asks the model and checks what it wrote.</param>
/// <param name="names">Tells whether a text names somebody.</param>
/// <param name="reader">Reads the whole by the rules of the farewell.</param>
public sealed class FarewellWording(ICoachWriter writer, GeneratedTextReviewer names, DraftFarewellReader reader)
{
    // A salutation or a signature is no longer than this.
    private const int MostWordsAtTheEdge = 12;

    /// <summary>Whether a language model is set up.</summary>
    public bool IsOn => writer.UsesLanguageModel;

    /// <summary>Everybody whom a case names, by name or id: none of them is to be told to a language model.</summary>
    /// <param name="file">The case.</param>
    public static IReadOnlyCollection<string> PeopleOf(DismissalFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var state = file.Case;
        return
        [
            .. new[] { file.Customer.Id, file.Customer.Name, state.Plan?.Teller, state.Plan?.SecondReader, state.LegalNote?.Adviser, state.Message?.WrittenBy, state.Message?.ApprovedBy }.OfType<string>(),
            .. state.Involved,
            .. state.Comments.Select(c => c.Person),
            .. state.Agreements.Select(a => a.Person),
        ];
    }

    /// <summary>Asks for better words.</summary>
    /// <param name="text">Our message.</param>
    /// <param name="language">Its language.</param>
    /// <param name="address">How a Spanish-speaking customer is addressed.</param>
    /// <param name="people">Names and ids that stay here: <see cref="PeopleOf"/>, and whoever else the message is addressed to or signed by.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<WordedFarewell> WordAsync(string text, MessageLanguage language, AddressForm address, IReadOnlyCollection<string> people, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(people);
        var paragraphs = text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var handedOut = HandedOut(paragraphs, language, new CaseNames(people));
        if (handedOut.Start.Equals(handedOut.End))
        {
            return new WordedFarewell(null, null, []);
        }

        var body = string.Join("\n\n", paragraphs[handedOut]);
        var written = await writer.WriteAsync(new WritingRequest(WritingKind.Farewell, [], language, address) { Draft = body }, cancellationToken);
        if (written.Origin == WritingOrigin.Offline || written.Text == body)
        {
            return new WordedFarewell(null, written, []);
        }

        // What may stand in a part may not stand in the whole: the message is read as it would go out.
        string[] whole = [.. paragraphs[..handedOut.Start], written.Text, .. paragraphs[handedOut.End..]];
        var worded = string.Join("\n\n", whole);
        return reader.Read(worded, language) is { Count: > 0 } broken
            ? new WordedFarewell(null, written with { Text = body, Origin = WritingOrigin.Offline, Reason = OfflineReason.Refused, Faults = [WritingFault.DraftRule] }, broken)
            : new WordedFarewell(worded, written, []);
    }

    // The longest run of paragraphs that name nobody.
    private Range HandedOut(string[] paragraphs, MessageLanguage language, CaseNames people)
    {
        var (best, start) = (0..0, 0);
        for (var i = 0; i <= paragraphs.Length; i++)
        {
            if (i < paragraphs.Length && !StaysHere(paragraphs, i, language, people))
            {
                continue;
            }

            best = i - start > best.End.Value - best.Start.Value ? start..i : best;
            start = i + 1;
        }

        return best;
    }

    private bool StaysHere(string[] paragraphs, int place, MessageLanguage language, CaseNames people)
    {
        var paragraph = paragraphs[place];
        var isEdge = (place == 0 || place == paragraphs.Length - 1) && paragraph.Split(' ').Length <= MostWordsAtTheEdge;
        return isEdge || PiiRedactor.Find(paragraph).Count > 0 || people.StandIn(paragraph) || names.NamesSomebody(language, paragraph);
    }

    /// <summary>The names of a case as they stand in running text: a first name alone, a surname behind "señora", without accents, in small letters.</summary>
    private sealed class CaseNames
    {
        // A part of a name that is shorter, or one of these, stands in every text and tells nobody.
        private const int LeastLetters = 3;
        private static readonly HashSet<string> Particles = new(["del", "los", "las", "una", "con", "por", "para", "the", "and", "for", "von", "van", "der", "des"], StringComparer.Ordinal);

        private readonly HashSet<string> _words = new(StringComparer.Ordinal);

        public CaseNames(IEnumerable<string> people)
        {
            foreach (var person in people)
            {
                // Of an address the part that names somebody; the whole is found as personal data.
                var name = person.Split('@')[0];
                var parts = MessageReading.Of(string.Concat(name.Select(c => char.IsLetterOrDigit(c) ? c : ' '))).Words;
                _words.UnionWith(parts.Where(w => w.Length >= LeastLetters && !Particles.Contains(w.Form)).Select(w => w.Form));
            }
        }

        // "Marta's" is read as "martas".
        public bool StandIn(string paragraph) => MessageReading.Of(paragraph).Words
            .Any(w => _words.Contains(w.Form) || (w.Form.EndsWith('s') && _words.Contains(w.Form[..^1])));
    }
}
