using System.Collections.Immutable;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Conversations;

/// <summary>Reads the signals of a customer's message again in the light of what was said before it.</summary>
/// <remarks>
/// <para>
/// A scorer sees one message; "no" alone refuses an offer or answers a question, and only the conversation tells which. The rules:
/// <see cref="RefusedOffers"/> (A8, objection), <see cref="Recurrence"/> (T4, repeatContact and unheard) and <see cref="Silence"/> (T12,
/// waiting). Each gives a signal with its words, or takes one back; level and frustration stay the scorer's.
/// </para>
/// <para>
/// Looks back at most <see cref="TurnsLookedBack"/> turns, so that a long conversation takes no longer. Pure, deterministic and safe for
/// concurrent use.
/// </para>
/// </remarks>
public sealed class SignalsInContext
{
    /// <summary>How many turns before the message are looked at: 24.</summary>
    public const int TurnsLookedBack = 24;

    private readonly ContextPhrases _phrases;

    /// <summary>Compiles the rules.</summary>
    /// <param name="spanish">Spanish.</param>
    /// <param name="english">English.</param>
    /// <exception cref="PhraseSyntaxException">A phrase cannot be understood.</exception>
    public SignalsInContext(ContextRules spanish, ContextRules english) => _phrases = new ContextPhrases(spanish, english);

    /// <summary>The score of a message with its signals read in context.</summary>
    /// <param name="before">The conversation before the message. Without an earlier turn the score stays as it is.</param>
    /// <param name="text">The message as it came in.</param>
    /// <param name="at">When it was written, as the channel said; a clock that runs backwards counts as no time.</param>
    /// <param name="score">What the scorer found in it.</param>
    public UtteranceScore Read(Conversation before, string text, DateTimeOffset at, UtteranceScore score)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(score);
        if (before.Turns.IsEmpty || text.Length == 0)
        {
            return score;
        }

        // A short answer hardly tells its language: then the rules of both are asked.
        var language = score.Language == before.Language ? score.Language : MessageLanguage.Undetermined;
        var turn = new TurnInContext(
            _phrases, [.. before.Turns.Skip(before.Turns.Count - TurnsLookedBack)], text, at, score, _phrases.Read(text, language));
        var signals = score.Signals;
        foreach (var finding in (ContextFinding?[])
            [RefusedOffers.Find(turn), Recurrence.OfTrouble(turn), .. Recurrence.OfMessage(turn), Silence.CalledInto(turn), Silence.AskedAbout(turn)])
        {
            signals = finding is null ? signals : finding.ApplyTo(signals);
        }

        return ReferenceEquals(signals, score.Signals) ? score : score with { Signals = signals };
    }
}

/// <summary>A customer's message with what the context rules need of the conversation before it.</summary>
/// <param name="Phrases">The rules.</param>
/// <param name="Earlier">The turns before it, at most <see cref="SignalsInContext.TurnsLookedBack"/>, oldest first; never empty.</param>
/// <param name="Text">The message.</param>
/// <param name="At">When it was written.</param>
/// <param name="Score">What the scorer found.</param>
/// <param name="Words">The message's own phrases.</param>
internal sealed record TurnInContext(
    ContextPhrases Phrases, ImmutableArray<Turn> Earlier, string Text, DateTimeOffset At, UtteranceScore Score, ContextReading Words)
{
    /// <summary>What the agent has said since the customer last wrote, oldest first; empty when the customer had the last word.</summary>
    public IEnumerable<ContextReading> AgentJustSaid => AgentSaidBefore(Earlier.Length);

    /// <summary>What the agent had said right before a turn, oldest first.</summary>
    /// <param name="place">The turn's place among <see cref="Earlier"/>.</param>
    public IEnumerable<ContextReading> AgentSaidBefore(int place)
    {
        var first = place;
        while (first > 0 && Earlier[first - 1].Speaker == SpeakerRole.Agent)
        {
            first--;
        }

        return Earlier[first..place].Select(t => Phrases.Read(t.Text, t.Language));
    }
}

/// <summary>What the conversation says about one signal of a message.</summary>
/// <param name="Type">The signal.</param>
/// <param name="Confidence">How sure, 0 to 1; nothing takes the signal back.</param>
/// <param name="Evidence">The words; empty only when it is taken back.</param>
/// <param name="Replaces">Whether it stands in place of what the scorer found, also when that was surer.</param>
internal sealed record ContextFinding(SignalType Type, double? Confidence, IReadOnlyList<EvidenceSpan> Evidence, bool Replaces)
{
    /// <summary>Gives a signal, unless the scorer was surer of it.</summary>
    public static ContextFinding Given(SignalType type, double confidence, EvidenceSpan evidence) => new(type, confidence, [evidence], Replaces: false);

    /// <summary>Gives a signal in place of the scorer's.</summary>
    public static ContextFinding InPlace(SignalType type, double confidence, EvidenceSpan evidence) => new(type, confidence, [evidence], Replaces: true);

    /// <summary>Takes a signal back.</summary>
    public static ContextFinding TakenBack(SignalType type) => new(type, null, [], Replaces: true);

    /// <summary>The signals after it, surest first; the same list when it changes nothing.</summary>
    /// <param name="signals">At most one per type.</param>
    public IReadOnlyList<Signal> ApplyTo(IReadOnlyList<Signal> signals)
    {
        var found = signals.FirstOrDefault(s => s.Type == Type);
        if ((found is null && Confidence is null) || (found is not null && !Replaces && found.Confidence.Value >= Confidence))
        {
            return signals;
        }

        var others = signals.Where(s => s.Type != Type);
        return Confidence is not { } confidence ? [.. others]
            : [.. others.Append(new Signal(Type, new Probability(confidence), Evidence)).OrderByDescending(s => s.Confidence.Value).ThenBy(s => s.Type)];
    }
}
