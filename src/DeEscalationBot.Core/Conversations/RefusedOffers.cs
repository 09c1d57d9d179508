using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Conversations;

/// <summary>A bare refusal after an offer is an objection (A8); after a plain question it is an answer.</summary>
/// <remarks>Who turns down one offer may have a reason; the more are turned down without one, the surer the sign.</remarks>
internal static class RefusedOffers
{
    private const double OneRefused = 0.4;
    private const double TwoRefused = 0.55;
    private const double ThreeRefused = 0.75;

    // "MAÑANA?? No, mañana no": a refusal stands at the beginning, or right after an outcry.
    private const int SentencesThatRefuse = 2;
    private const int MostWordsBesideEcho = 5;

    /// <summary>What the message refuses or answers.</summary>
    public static ContextFinding? Find(TurnInContext turn)
    {
        var agent = turn.AgentJustSaid.ToArray();
        if (agent.Length == 0)
        {
            return null;
        }

        var refusal = RefusalIn(turn.Words, agent);
        if (agent.Any(AsksYesNo))
        {
            // "No" is the answer. What else the message objects to, in words of its own, stays.
            return turn.Score.Find(SignalType.Objection) is { } objection && objection.Evidence.All(e => IsAnswer(turn.Words, e))
                ? ContextFinding.TakenBack(SignalType.Objection)
                : null;
        }

        if (refusal is null || !agent.Any(Offers))
        {
            return null;
        }

        var refused = 1 + CountRefusedBefore(turn);
        refused = Math.Max(refused, turn.Words.Has(ContextPhrase.FurtherRefusal) ? 2 : 1);
        var confidence = refused switch { 1 => OneRefused, 2 => TwoRefused, _ => ThreeRefused };
        return turn.Score.Find(SignalType.Objection) is not { } scored ? ContextFinding.Given(SignalType.Objection, confidence, refusal)
            : scored.Evidence.All(refusal.Covers) ? ContextFinding.InPlace(SignalType.Objection, confidence, refusal)
            : null;
    }

    // Offers of the agent's that the customer turned down next, in whatever words.
    private static int CountRefusedBefore(TurnInContext turn)
    {
        var refused = 0;
        for (var i = 1; i < turn.Earlier.Length; i++)
        {
            if (turn.Earlier[i].Score?.Find(SignalType.Objection) is not null && turn.Earlier[i - 1].Speaker == SpeakerRole.Agent && turn.AgentSaidBefore(i).Any(Offers))
            {
                refused++;
            }
        }

        return refused;
    }

    private static EvidenceSpan? RefusalIn(ContextReading words, ContextReading[] agent)
    {
        for (var sentence = 0; sentence < Math.Min(SentencesThatRefuse, words.Message.SentenceCount); sentence++)
        {
            var (first, end) = words.Message.WordsOfSentence(sentence);
            if (first < end && (words.Has(ContextPhrase.Refusal, sentence) || Echoes(words, first, end, agent)))
            {
                return words.Message.Span(first, end - 1);
            }
        }

        return null;
    }

    // "No, mañana no": nothing but a refusal and words of the offer.
    private static bool Echoes(ContextReading words, int first, int end, ContextReading[] agent)
    {
        if (end - first is < 2 or > MostWordsBesideEcho)
        {
            return false;
        }

        var offered = agent.SelectMany(a => a.Message.Words).Select(w => w.Form).ToHashSet(StringComparer.Ordinal);
        var refusals = PlacesOf(words, ContextPhrase.RefusalWord);
        var small = PlacesOf(words, ContextPhrase.SmallWord);
        var echoes = Enumerable.Range(first, end - first).Where(i => !refusals.Contains(i) && !small.Contains(i)).ToArray();
        return echoes.Length > 0 && refusals.Any(i => i >= first && i < end) && Array.TrueForAll(echoes, i => offered.Contains(words.Message.Words[i].Form));
    }

    private static HashSet<int> PlacesOf(ContextReading words, ContextPhrase phrase) =>
        [.. words.Of(phrase).SelectMany(m => Enumerable.Range(m.FirstWord, m.LastWord - m.FirstWord + 1))];

    // The evidence is a bare refusal, or the word with which an answer begins.
    private static bool IsAnswer(ContextReading words, EvidenceSpan evidence)
    {
        var inside = Enumerable.Range(0, words.Message.Words.Count).Where(i => words.Message.Words[i].Start >= evidence.Start && words.Message.Words[i].End <= evidence.End).ToArray();
        return inside.Length > 0
            && (Array.TrueForAll(inside, PlacesOf(words, ContextPhrase.RefusalWord).Contains)
                || words.Of(ContextPhrase.Refusal).Any(m => inside[0] >= m.FirstWord && inside[^1] <= m.LastWord));
    }

    private static bool Offers(ContextReading agent) =>
        agent.Of(ContextPhrase.Offer).Any(m => !agent.Has(ContextPhrase.YesNoQuestion, agent.SentenceOf(m)));

    private static bool AsksYesNo(ContextReading agent) =>
        agent.Has(ContextPhrase.YesNoQuestion)
        || Enumerable.Range(0, agent.Message.SentenceCount).Any(s =>
            agent.Message.AsksQuestion[s] && !agent.Has(ContextPhrase.Offer, s) && !agent.Has(ContextPhrase.OpenQuestion, s));
}
