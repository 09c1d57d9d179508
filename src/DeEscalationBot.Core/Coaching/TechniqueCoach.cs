using System.Text;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.Paraphrasing;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching;

/// <summary>Chooses the one thing to propose after a customer's message (A1–A7, A11, A12, E2, the T11 scripts), or stays quiet.</summary>
/// <remarks>
/// Lists the situations that hold, most pressing first, and takes the first for which there are words that this conversation has
/// not been shown yet. Words are chosen by conversation and turn, so that a replay shows the same. Quiet when nothing is needed.
/// Deterministic and safe for concurrent use.
/// </remarks>
public sealed class TechniqueCoach
{
    /// <summary>The rarest that proposals can be set to: one in 20 of the customer's messages.</summary>
    public const int MostTurnsApart = 20;

    private const double Sure = LevelPolicy.SureEnough;

    // From here on despair is asked about, with a humane question.
    private const double Doubtful = 0.3;

    // The steps that a customer feels as having been heard; after them, tension that stays up needs more than words.
    private static readonly ConversationStep[] Heard = [ConversationStep.Listen, ConversationStep.Repeat, ConversationStep.Thank];
    private const double StillTense = 0.55;

    // Tension from which displeasure without a named grievance is answered.
    private const double StirredTension = 0.3;

    // What a customer holds against us, as opposed to how they sound.
    private static readonly SignalType[] Grievances =
    [
        SignalType.Unheard, SignalType.Waiting, SignalType.RepeatContact, SignalType.Impact, SignalType.Distrust, SignalType.Misfit, SignalType.Curtness,
        SignalType.ReputationThreat, SignalType.LegalThreat, SignalType.Shouting,
    ];

    // Each of these has one right answer, which does not wait for its turn.
    private static readonly CoachingSituation[] Pressing =
    [
        CoachingSituation.Crisis, CoachingSituation.CrisisCheck, CoachingSituation.Hazard, CoachingSituation.ThreatBoundary, CoachingSituation.AbuseBoundary,
        CoachingSituation.Minor, CoachingSituation.SecureAccount, CoachingSituation.Hardship,
    ];

    /// <summary>What an agent may do without: everything but the situations that have one right answer.</summary>
    public static IReadOnlyList<CoachingSituation> MaySwitchOff { get; } = [.. Enum.GetValues<CoachingSituation>().Except(Pressing)];

    // Fewer words than this hold no facts to say back.
    private const int LeastWordsToSayBack = 6;

    private readonly Book _spanish;
    private readonly Book _english;
    private readonly ParaphraseEngine _paraphrase;
    private readonly AddressForm _address;
    private readonly int _atMostEvery;

    /// <summary>Makes a coach.</summary>
    /// <param name="spanish">The Spanish techniques.</param>
    /// <param name="english">The English techniques.</param>
    /// <param name="paraphrase">Says back what the customer wrote.</param>
    /// <param name="address">How Spanish-speaking customers are addressed.</param>
    /// <param name="atMostEvery">In how many of the customer's messages one proposal is made at most, 1 to <see cref="MostTurnsApart"/>; what is pressing does not wait.</param>
    /// <exception cref="ArgumentException">A situation has no entry, or an entry no words.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="atMostEvery"/> is not in its range.</exception>
    public TechniqueCoach(TechniqueBook spanish, TechniqueBook english, ParaphraseEngine paraphrase, AddressForm address, int atMostEvery = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atMostEvery, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(atMostEvery, MostTurnsApart);
        _spanish = new Book(spanish, "es");
        _english = new Book(english, "en");
        _paraphrase = paraphrase;
        _address = address;
        _atMostEvery = atMostEvery;
    }

    /// <summary>The proposal for the last turn of a conversation, which must be the customer's.</summary>
    /// <param name="conversation">The conversation with that turn applied.</param>
    /// <returns>Nothing when nothing is needed or everything fitting was said already.</returns>
    public Suggestion? Propose(Conversation conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var turn = conversation.Turns[^1];
        if (turn.Score is not { } score)
        {
            return null;
        }

        var reading = MessageReading.Of(turn.Text);
        var book = BookFor(turn.Language, conversation.Language);
        var isTooSoon = IsTooSoon(conversation, turn);
        foreach (var situation in SituationsOf(conversation, turn, score, reading, book))
        {
            if ((!isTooSoon || Array.IndexOf(Pressing, situation) >= 0) && Word(conversation, turn, situation, book, variant: null) is { } suggestion)
            {
                return suggestion;
            }
        }

        return null;
    }

    /// <summary>A proposal that was made as one agent wants to see it: in other words, or the next best one where they do without this kind.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="turnIndex">The last of the customer's turns.</param>
    /// <param name="variant">How many times another way was asked for; 0 for the first words.</param>
    /// <param name="without">What the agent does without, of <see cref="MaySwitchOff"/>; others are shown all the same.</param>
    /// <returns>Nothing when there was no proposal for that turn, or none is left.</returns>
    public Suggestion? Reword(Conversation conversation, int turnIndex, int variant, IReadOnlySet<CoachingSituation>? without = null)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        if (!conversation.Suggestions.TryGetValue(turnIndex, out var made))
        {
            return null;
        }

        var turn = conversation.Turns[turnIndex];
        var book = BookFor(turn.Language, conversation.Language);
        if (book.Find(made) is not { } entry)
        {
            return made;
        }

        bool IsWanted(CoachingSituation situation) => without is null || !without.Contains(situation) || Pressing.Contains(situation);
        int? asked = variant == 0 ? null : variant;
        if (IsWanted(entry.Situation))
        {
            return asked is null ? made : Word(conversation, turn, entry.Situation, book, asked) ?? made;
        }

        return SituationsOf(conversation, turn, turn.Score!, MessageReading.Of(turn.Text), book)
            .Where(IsWanted)
            .Select(situation => Word(conversation, turn, situation, book, asked))
            .FirstOrDefault(other => other is not null);
    }

    /// <summary>A proposal for a reader of one language: its title and the reason are for the agent, its words for the customer, whose language they keep.</summary>
    /// <param name="suggestion">The proposal, as it was made.</param>
    /// <param name="reader">The agent's language; anything but Spanish is English.</param>
    /// <returns>The same when the books know it no more, as one that was made before they were edited.</returns>
    public Suggestion Explain(Suggestion suggestion, MessageLanguage reader)
    {
        ArgumentNullException.ThrowIfNull(suggestion);
        var made = _spanish.Find(suggestion) ?? _english.Find(suggestion);
        return made is not null && (reader == MessageLanguage.Spanish ? _spanish : _english).Entries[made.Situation] is var told
            ? suggestion with { Title = told.Title, Why = told.Why }
            : suggestion;
    }

    private static List<CoachingSituation> SituationsOf(Conversation conversation, Turn turn, UtteranceScore score, MessageReading reading, Book book)
    {
        var found = new List<CoachingSituation>();
        void When(bool holds, CoachingSituation situation)
        {
            if (holds)
            {
                found.Add(situation);
            }
        }

        When(score.Has(SignalType.Vulnerability, Sure), CoachingSituation.Crisis);
        When(score.Has(SignalType.Vulnerability, Doubtful), CoachingSituation.CrisisCheck);
        When(score.Has(SignalType.SafetyHazard, Sure), CoachingSituation.Hazard);
        if (found.Count > 0)
        {
            return found; // Where a life may be in danger, nothing else is said.
        }

        When(score.Has(SignalType.Threat, Sure) || score.Has(SignalType.Blackmail, Sure), CoachingSituation.ThreatBoundary);
        When(score.Has(SignalType.Abuse, Sure), CoachingSituation.AbuseBoundary);
        When(score.Has(SignalType.Minor, Sure), CoachingSituation.Minor);
        When(score.Has(SignalType.AccountSecurity, Sure), CoachingSituation.SecureAccount);
        When(score.Has(SignalType.Hardship, Sure), CoachingSituation.Hardship);
        if (found.Count > 0)
        {
            return found; // Each of these has one right answer; a paraphrase or a thank-you beside it would jar.
        }

        if (score.Has(SignalType.Relief) && score.Level <= FrustrationLevel.Annoyed)
        {
            return found; // It is getting better: let them.
        }

        var heard = Heard.All(conversation.StepsDone.Contains) && conversation.Tension.Value >= StillTense && conversation.Trend != TensionTrend.Falling;
        When(score.Has(SignalType.HumanRequest), CoachingSituation.HumanHere);
        When(score.Has(SignalType.ManagerRequest) || heard, CoachingSituation.ConsultManager);
        When(heard && !score.Has(SignalType.Waiting), CoachingSituation.OfferPhone);

        // "Thieves!" wants facts and to be heard; a doubt wants to be asked about.
        When(score.Has(SignalType.Distrust) && score.Level < FrustrationLevel.Angry, CoachingSituation.Doubt);
        When(score.Has(SignalType.ChurnIntent, Sure), CoachingSituation.Leaving);
        When(turn.EarlySigns.Count > 0 || score.Has(SignalType.Objection) || score.Has(SignalType.Postponement) || score.Has(SignalType.Curtness), CoachingSituation.EarlySigns);

        // Mild displeasure is answered once, or when it comes with a grievance; more would be noise in a working conversation.
        var aggrieved = Array.Exists(Grievances, g => score.Has(g));
        var upset = score.Level >= FrustrationLevel.Frustrated
            || (score.Level == FrustrationLevel.Annoyed && (aggrieved || conversation.Tension.Value >= StirredTension) && !conversation.StepsDone.Contains(ConversationStep.Repeat))
            || (score.Level == FrustrationLevel.Annoyed && aggrieved && conversation.Trend == TensionTrend.Rising);
        When(upset && reading.Words.Count >= LeastWordsToSayBack && !SaidBefore(conversation, turn), CoachingSituation.SayBack);
        When(book.TellsSeveralProblems(reading), CoachingSituation.Chunk);
        When(
            upset && (score.Has(SignalType.Unheard) || score.Has(SignalType.Waiting) || score.Has(SignalType.RepeatContact) || score.Has(SignalType.Impact)),
            CoachingSituation.Hold);
        When(score.Has(SignalType.Urgency), CoachingSituation.Deadline);
        When(score.Level >= FrustrationLevel.Angry || (score.Level == FrustrationLevel.Frustrated && conversation.Trend == TensionTrend.Rising), CoachingSituation.NameAnger);
        When(upset, CoachingSituation.StartFresh);
        return found;
    }

    // Counted in the customer's messages, from the last one for which something was proposed.
    private bool IsTooSoon(Conversation conversation, Turn turn) =>
        conversation.CustomerTurns.Where(t => t.Index < turn.Index).TakeLast(_atMostEvery - 1).Any(t => conversation.Suggestions.ContainsKey(t.Index));

    // The same message for the second or third time is not said back again.
    private static bool SaidBefore(Conversation conversation, Turn turn) =>
        conversation.CustomerTurns.Any(t => t.Index < turn.Index && string.Equals(t.Text.Trim(), turn.Text.Trim(), StringComparison.OrdinalIgnoreCase));

    private Suggestion? Word(Conversation conversation, Turn turn, CoachingSituation situation, Book book, int? variant)
    {
        var entry = book.Entries[situation];
        // Customer turns are counted, so that the next one gets the next phrasing.
        var seed = SeedOf(conversation.Id) + conversation.CustomerTurns.Count(t => t.Index < turn.Index) + (variant ?? 0);
        var paraphrase = _paraphrase.Paraphrase(new ParaphraseRequest(turn.Text, turn.Language, conversation.Language, _address, seed));
        if (situation == CoachingSituation.SayBack)
        {
            return paraphrase.IsFallback ? null : new Suggestion(entry.Playbook, entry.Title, paraphrase.Text, paraphrase.Openers, entry.Why);
        }

        var used = conversation.Suggestions.Values.Select(s => s.Text).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < entry.Say.Count; i++)
        {
            var text = entry.Say[(seed + i) % entry.Say.Count].In(_address);
            if (variant is not null || !used.Contains(text))
            {
                return new Suggestion(entry.Playbook, entry.Title, text, [], entry.Why);
            }
        }

        return null;
    }

    private Book BookFor(MessageLanguage language, MessageLanguage conversation)
    {
        var spoken = language == MessageLanguage.Undetermined ? conversation : language;
        return spoken == MessageLanguage.English ? _english : _spanish;
    }

    // FNV-1a: the same on every machine and run, unlike string.GetHashCode.
    private static int SeedOf(ConversationId id)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(id.Value))
        {
            hash = (hash ^ b) * 16777619u;
        }

        return (int)(hash % 1_000_003u);
    }

    private sealed class Book
    {
        private const int LeastProblems = 2;
        private readonly PhraseAutomaton? _several;

        public Book(TechniqueBook book, string language)
        {
            ArgumentNullException.ThrowIfNull(book);
            Entries = book.Techniques.ToDictionary(t => t.Situation);
            foreach (var situation in Enum.GetValues<CoachingSituation>())
            {
                if (!Entries.TryGetValue(situation, out var entry) || (entry.Say.Count == 0 && situation != CoachingSituation.SayBack))
                {
                    throw new ArgumentException($"techniques.yaml ({language}) has no words for '{situation}'.", nameof(book));
                }
            }

            if (book.SeveralProblems.Count > 0)
            {
                var builder = new PhraseAutomaton.Builder();
                foreach (var phrase in book.SeveralProblems)
                {
                    builder.AddPhrase(0, phrase);
                }

                _several = builder.Build();
            }
        }

        public Dictionary<CoachingSituation, TechniqueEntry> Entries { get; }

        // What is on record has no situation; practice and title name it.
        public TechniqueEntry? Find(Suggestion made) => Entries.Values.FirstOrDefault(e => e.Playbook == made.Technique && e.Title == made.Title);

        public bool TellsSeveralProblems(MessageReading reading) => _several is not null && _several.Find(reading).Count >= LeastProblems;
    }
}
