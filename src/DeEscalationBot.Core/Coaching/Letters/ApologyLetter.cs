using System.Globalization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Coaching.Paraphrasing;
using DeEscalationBot.Core.Conversations;

namespace DeEscalationBot.Core.Coaching.Letters;

/// <summary>A letter as far as it can be written.</summary>
/// <param name="Language">Its language.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Paragraphs">The paragraphs; a missing part stands as a question.</param>
/// <param name="Missing">What is still missing.</param>
/// <param name="Findings">What the draft rules find in it.</param>
public sealed record LetterDraft(
    MessageLanguage Language,
    string Subject,
    IReadOnlyList<LetterParagraph> Paragraphs,
    IReadOnlyList<MissingPart> Missing,
    IReadOnlyList<DraftFinding> Findings)
{
    /// <summary>Whether it can go out: nothing is missing, and the draft rules find nothing that must not be sent.</summary>
    public bool IsReady => Missing.Count == 0 && Findings.All(f => f.Severity != FindingSeverity.Block);

    /// <summary>The words alone, paragraph by paragraph; the questions among them.</summary>
    public string Text => string.Join("\n\n", Paragraphs.Select(p => p.Text));

    /// <summary>The words that can be sent as they are: what is missing is left out, or said without it.</summary>
    public string Sendable => string.Join("\n\n", Paragraphs.Select(p => p.Missing is null ? p.Text : p.Without).OfType<string>());
}

/// <summary>Writes apology letters (A13): understanding, apology, actions, the date by which results show, contact, thanks.</summary>
/// <remarks>Only what the conversation or a person gave stands in it. Deterministic and safe for concurrent use.</remarks>
public sealed class ApologyLetter
{
    private const int Tellings = 12;
    private const int ShortestFacts = 12;

    private readonly LetterBook _spanish;
    private readonly LetterBook _english;
    private readonly ParaphraseEngine _paraphrase;
    private readonly DraftReviewer _reviewer;

    /// <summary>Makes a writer.</summary>
    /// <param name="spanish">The Spanish words.</param>
    /// <param name="english">The English words.</param>
    /// <param name="paraphrase">Says back what the customer wrote.</param>
    /// <param name="reviewer">Reviews the letter.</param>
    public ApologyLetter(LetterBook spanish, LetterBook english, ParaphraseEngine paraphrase, DraftReviewer reviewer)
    {
        _spanish = spanish;
        _english = english;
        _paraphrase = paraphrase;
        _reviewer = reviewer;
    }

    /// <summary>What the conversation itself gives for a letter or a call: the name and what happened.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="customerName">The customer's name where the desk knows one; nothing to leave it to the agent.</param>
    public LetterFacts From(Conversation conversation, string? customerName = null)
    {
        ArgumentNullException.ThrowIfNull(conversation);

        // The message in which they were most upset tells what it is about; where nothing sure can be said back, the others are asked.
        var facts = conversation.CustomerTurns.OrderByDescending(t => t.Score is { } s ? Tension.IntensityOf(s).Value : 0).ThenBy(t => t.Index)
            .Select(t => FactsOf(t.Text, t.Language, conversation.Language))
            .FirstOrDefault(f => f is not null);
        return new LetterFacts(string.IsNullOrWhiteSpace(customerName) ? null : customerName.Trim(), facts);
    }

    /// <summary>Writes the letter.</summary>
    /// <param name="language">Spanish unless English.</param>
    /// <param name="facts">What is known.</param>
    /// <param name="variant">Picks among wordings; any number.</param>
    /// <param name="address">How a Spanish-speaking customer is addressed.</param>
    public LetterDraft Write(MessageLanguage language, LetterFacts facts, int variant = 0, AddressForm address = AddressForm.Usted)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var written = language == MessageLanguage.English ? language : MessageLanguage.Spanish;
        var book = written == MessageLanguage.English ? _english : _spanish;
        var culture = CultureInfo.GetCultureInfo(written.Code());
        var paragraphs = new List<LetterParagraph>();
        var missing = new List<MissingPart>();
        var actions = facts.ActionLines;

        Add(LetterPart.Name, facts.Name, name => book.Salutation.Replace("{name}", name, StringComparison.Ordinal), book.Greeting);
        Add(LetterPart.Facts, facts.Facts, told => Pick(book.Understanding).Replace("{facts}", told.TrimEnd('.'), StringComparison.Ordinal), book.Unnamed.In(address));
        paragraphs.Add(new LetterParagraph(Pick(book.Apology)));
        Add(LetterPart.Actions, actions.Count < 2 ? actions.SingleOrDefault() : string.Join('\n', actions.Select(a => "– " + a)), list => actions.Count == 1 ? $"{book.Actions} {list}." : $"{book.Actions}\n{list}");
        Add(LetterPart.Date, facts.ConfirmedDate?.ToString(book.DateFormat, culture) ?? facts.ConfirmedTime, date => book.Results.In(address).Replace("{date}", date.TrimEnd('.'), StringComparison.Ordinal));
        Add(LetterPart.Contact, facts.Contact, contact => book.Contact.In(address).Replace("{contact}", contact.TrimEnd('.'), StringComparison.Ordinal));
        paragraphs.Add(new LetterParagraph(Pick(book.Thanks)));
        paragraphs.Add(new LetterParagraph(book.Closing.In(address)));
        Add(LetterPart.Signature, facts.Signature, signature => signature);

        // A question to the agent is no part of the letter, and is not reviewed as one.
        var told = string.Join("\n\n", paragraphs.Where(p => p.Missing is null).Select(p => p.Text));
        return new LetterDraft(written, book.Subject, paragraphs, missing, _reviewer.Review(new DraftRequest(told, written)).Findings);

        void Add(LetterPart part, string? given, Func<string, string> word, string? without = null)
        {
            if (string.IsNullOrWhiteSpace(given))
            {
                missing.Add(new MissingPart(part, book.Asks[part]));
                paragraphs.Add(new LetterParagraph(book.Asks[part], Missing: part, Without: without));
            }
            else
            {
                paragraphs.Add(new LetterParagraph(word(given.Trim())));
            }
        }

        string Pick(IReadOnlyList<Wording> wordings) => wordings[(int)((uint)variant % (uint)wordings.Count)].In(address);
    }

    // A letter says it in its own frame and asks nothing. Paraphrases of one message differ in their openings and check questions and
    // share the facts: what two or more of them end a sentence with, after different beginnings, is the facts.
    private string? FactsOf(string text, MessageLanguage language, MessageLanguage fallback)
    {
        var tellings = Enumerable.Range(0, Tellings).Select(v => _paraphrase.Paraphrase(new ParaphraseRequest(text, language, fallback, Variant: v))).ToArray();
        if (Array.Exists(tellings, t => t.IsFallback))
        {
            return null;
        }

        var told = tellings.Select(t => t.Text).Distinct(StringComparer.Ordinal).Select(t => Sentences(t).Where(s => !s.EndsWith('?')).ToArray()).ToArray();
        var best = "";
        foreach (var sentence in told[0])
        {
            var shared = told.Skip(1).Select(other => other.Length == 0 ? 0 : other.Max(o => CommonEnd(sentence, o))).Where(n => n >= ShortestFacts).ToArray();
            if (shared.Length > 0 && shared.Min() < sentence.Length && shared.Min() > best.Length)
            {
                best = FromAWord(sentence, sentence.Length - shared.Min());
            }
        }

        var facts = best.TrimEnd('.', ' ');
        return facts.Length < ShortestFacts || facts.Contains('?', StringComparison.Ordinal) ? null : facts;
    }

    private static int CommonEnd(string a, string b)
    {
        var n = 0;
        while (n < a.Length && n < b.Length && a[^(n + 1)] == b[^(n + 1)])
        {
            n++;
        }

        return n;
    }

    private static string FromAWord(string sentence, int start)
    {
        while (start > 0 && start < sentence.Length && char.IsLetterOrDigit(sentence[start]) && char.IsLetterOrDigit(sentence[start - 1]))
        {
            start++;
        }

        var facts = sentence[start..].TrimStart(' ', ',', ':', ';');
        foreach (var joint in (string[])["que ", "that "])
        {
            facts = facts.StartsWith(joint, StringComparison.Ordinal) ? facts[joint.Length..] : facts;
        }

        return facts;
    }

    private static IEnumerable<string> Sentences(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            // "89.90" and "10:30" hold marks that end nothing.
            if (text[i] is '.' or '?' or '!' && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1])))
            {
                yield return text[start..(i + 1)].Trim();
                start = i + 1;
            }
        }

        if (start < text.Length)
        {
            yield return text[start..].Trim();
        }
    }
}
