using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Conversations;

/// <summary>What a phrase of <see cref="ContextRules"/> shows.</summary>
internal enum ContextPhrase
{
    Offer,
    YesNoQuestion,
    OpenQuestion,
    Refusal,
    FurtherRefusal,
    RefusalWord,
    SmallWord,
    Again,
    NotAgain,
    Fix,
    AsksToRepeat,
    AsksForTime,
    AsksForWait,
    CallsOut,
}

/// <summary>One message with the phrases of the context rules that stand in it.</summary>
/// <param name="reading">The message.</param>
/// <param name="matches">The phrases.</param>
internal sealed class ContextReading(MessageReading reading, IReadOnlyList<PhraseMatch> matches)
{
    public MessageReading Message => reading;

    public IEnumerable<PhraseMatch> Of(ContextPhrase phrase) => matches.Where(m => m.Phrase == (int)phrase);

    public bool Has(ContextPhrase phrase) => Of(phrase).Any();

    public bool Has(ContextPhrase phrase, int sentence) => Of(phrase).Any(m => SentenceOf(m) == sentence);

    public int SentenceOf(PhraseMatch match) => reading.Words[match.FirstWord].Sentence;
}

/// <summary>The context rules of both languages, compiled. Immutable; safe for concurrent use.</summary>
internal sealed class ContextPhrases
{
    private readonly PhraseAutomaton _spanish;
    private readonly PhraseAutomaton _english;

    /// <summary>Compiles the rules.</summary>
    /// <exception cref="PhraseSyntaxException">A phrase cannot be understood.</exception>
    public ContextPhrases(ContextRules spanish, ContextRules english)
    {
        _spanish = Compile(spanish);
        _english = Compile(english);
    }

    /// <summary>Reads a message; the rules of both languages are asked when its language is not sure.</summary>
    public ContextReading Read(string text, MessageLanguage language)
    {
        var reading = MessageReading.Of(text);
        return new ContextReading(reading, language switch
        {
            MessageLanguage.Spanish => _spanish.Find(reading),
            MessageLanguage.English => _english.Find(reading),
            _ => [.. _spanish.Find(reading), .. _english.Find(reading)],
        });
    }

    private static PhraseAutomaton Compile(ContextRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var builder = new PhraseAutomaton.Builder();
        foreach (var (name, entries) in rules.Lists)
        {
            builder.AddLexicon(name, entries);
        }

        foreach (var phrase in Enum.GetValues<ContextPhrase>())
        {
            foreach (var written in PhrasesOf(rules, phrase))
            {
                builder.AddPhrase((int)phrase, written);
            }
        }

        return builder.Build();
    }

    private static IReadOnlyList<string> PhrasesOf(ContextRules rules, ContextPhrase phrase) => phrase switch
    {
        ContextPhrase.Offer => rules.Offers,
        ContextPhrase.YesNoQuestion => rules.YesNoQuestions,
        ContextPhrase.OpenQuestion => rules.OpenQuestions,
        ContextPhrase.Refusal => rules.Refusals,
        ContextPhrase.FurtherRefusal => rules.FurtherRefusals,
        ContextPhrase.RefusalWord => rules.RefusalWords,
        ContextPhrase.SmallWord => rules.SmallWords,
        ContextPhrase.Again => rules.Again,
        ContextPhrase.NotAgain => rules.NotAgain,
        ContextPhrase.Fix => rules.Fixes,
        ContextPhrase.AsksToRepeat => rules.AsksToRepeat,
        ContextPhrase.AsksForTime => rules.AsksForTime,
        ContextPhrase.AsksForWait => rules.AsksForWait,
        ContextPhrase.CallsOut => rules.CallsOut,
        _ => throw new ArgumentOutOfRangeException(nameof(phrase), phrase, "No such phrase."),
    };
}
