using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Conversations;

/// <summary>Trouble that comes back within the conversation, and messages that have to be written twice (T4).</summary>
internal static class Recurrence
{
    private const double AfterFix = 0.75;
    private const double SameTrouble = 0.6;
    private const double SaidTwice = 0.7;
    private const double SaidTwiceUnheard = 0.45;
    private const double SaidThriceUnheard = 0.6;

    // Two messages are the same: this share of all their words, and never fewer words than this.
    private const double SameShare = 0.7;
    private const int LeastWordsSaidTwice = 5;

    // A message this short has no words of its own to compare: "se fue otra vez".
    private const int MostWordsOfOutcry = 5;
    private const int ShortestTellingWord = 5;

    // More than "one moment": an answer.
    private const int LeastWordsOfAnswer = 4;

    /// <summary>"Otra vez", "again": repeated trouble when there was trouble before in this conversation; none when it works again.</summary>
    public static ContextFinding? OfTrouble(TurnInContext turn)
    {
        var again = turn.Words.Of(ContextPhrase.Again).ToArray();
        if (again.Length == 0)
        {
            return null;
        }

        var words = turn.Words.Message;
        var telling = Array.FindIndex(again, m => !turn.Words.Has(ContextPhrase.NotAgain, turn.Words.SentenceOf(m)));
        if (telling < 0)
        {
            return turn.Score.Find(SignalType.RepeatContact) is { } scored && scored.Evidence.All(e => again.Any(m => words.Span(m.FirstWord, m.LastWord).Covers(e)))
                ? ContextFinding.TakenBack(SignalType.RepeatContact)
                : null;
        }

        var answered = LastAnswer(turn, leastWords: 1);
        if (answered < 0 || turn.Score.Has(SignalType.Relief))
        {
            return null;
        }

        var troubles = turn.Earlier.Take(answered).Where(t => t.Score is { Level: > FrustrationLevel.Calm } or { Signals.Count: > 0 }).ToArray();
        var evidence = words.Span(again[telling].FirstWord, again[telling].LastWord);
        var mended = turn.Earlier.Any(t => t.Speaker == SpeakerRole.Agent && turn.Phrases.Read(t.Text, t.Language).Has(ContextPhrase.Fix));
        return mended ? ContextFinding.Given(SignalType.RepeatContact, AfterFix, evidence)
            : troubles.Length > 0 && (words.Words.Count <= MostWordsOfOutcry || SharesTellingWord(words, again, troubles)) ? ContextFinding.Given(SignalType.RepeatContact, SameTrouble, evidence)
            : null;
    }

    /// <summary>Nearly the same message as one that an agent has answered: they ask again, and may not feel heard.</summary>
    public static IEnumerable<ContextFinding> OfMessage(TurnInContext turn)
    {
        var words = Fingerprint.Of(turn.Words.Message);
        if (words.Words.Count < LeastWordsSaidTwice || turn.AgentJustSaid.Any(a => a.Has(ContextPhrase.AsksToRepeat)))
        {
            return [];
        }

        var answered = LastAnswer(turn, LeastWordsOfAnswer);
        var same = turn.Earlier.Take(Math.Max(answered, 0)).Count(t => t.Speaker == SpeakerRole.Customer && words.IsSameAs(Fingerprint.Of(MessageReading.Of(t.Text))));
        if (same == 0)
        {
            return [];
        }

        var all = turn.Words.Message.Span(0, turn.Words.Message.Words.Count - 1);
        return
        [
            ContextFinding.Given(SignalType.RepeatContact, SaidTwice, all),
            ContextFinding.Given(SignalType.Unheard, same == 1 ? SaidTwiceUnheard : SaidThriceUnheard, all),
        ];
    }

    // The place of the agent's last message of at least so many words, or -1.
    private static int LastAnswer(TurnInContext turn, int leastWords)
    {
        var last = turn.Earlier.Length - 1;
        while (last >= 0 && !(turn.Earlier[last].Speaker == SpeakerRole.Agent && MessageReading.Of(turn.Earlier[last].Text).Words.Count >= leastWords))
        {
            last--;
        }

        return last;
    }

    private static bool SharesTellingWord(MessageReading message, PhraseMatch[] again, Turn[] troubles)
    {
        var own = Enumerable.Range(0, message.Words.Count)
            .Where(i => message.Words[i].Form.Length >= ShortestTellingWord && !again.Any(m => i >= m.FirstWord && i <= m.LastWord))
            .Select(i => message.Words[i].Form)
            .ToHashSet(StringComparer.Ordinal);
        return troubles.SelectMany(t => MessageReading.Of(t.Text).Words).Any(w => own.Contains(w.Form));
    }

    /// <summary>What a message says, for comparing it with another.</summary>
    /// <param name="Words">Its words, once each.</param>
    /// <param name="Numbers">Its numbers: two messages with different ones are about different things.</param>
    private sealed record Fingerprint(HashSet<string> Words, HashSet<string> Numbers)
    {
        public static Fingerprint Of(MessageReading message) => new(
            message.Words.Where(w => w.Kind is WordKind.Letters or WordKind.Number).Select(w => w.Form).ToHashSet(StringComparer.Ordinal),
            message.Words.Where(w => w.Kind == WordKind.Number).Select(w => w.Form).ToHashSet(StringComparer.Ordinal));

        public bool IsSameAs(Fingerprint other)
        {
            var shared = Words.Count(other.Words.Contains);
            return Numbers.SetEquals(other.Numbers) && shared >= SameShare * (Words.Count + other.Words.Count - shared);
        }
    }
}
