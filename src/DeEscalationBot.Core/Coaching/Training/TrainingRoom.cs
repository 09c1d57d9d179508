using System.Globalization;
using System.Text;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Pipeline;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.Training;

/// <summary>Role-play with a simulated customer whose temper follows what the trainee writes, by the rules of production.</summary>
/// <remarks>
/// <para>
/// Each message goes through the <see cref="ConversationTurnPipeline"/>, the customer's as well as the trainee's. What the draft
/// rules find heats the customer, what the step recogniser sees calms them, and what the coach had proposed counts a little more
/// when it was done. The situation's phrases only tell what was asked and offered, so that the answer fits; they judge nothing.
/// </para>
/// <para>
/// The same situation, seed and lines give the same conversation. No model of language, no clock, no chance. Every session ends
/// after at most <see cref="MostAnswers"/> answers. Safe for concurrent use.
/// </para>
/// </remarks>
public sealed class TrainingRoom
{
    /// <summary>The most answers of the trainee in one session: 14.</summary>
    public const int MostAnswers = 14;

    // Heat from which the customer speaks in the tense register.
    private const double Tense = 0.5;

    // A way on is heard only below this heat.
    private const double CanListen = 0.42;

    // From here on the customer boils; the third time they go.
    private const double Boiling = 0.97;
    private const int MostBoiling = 3;
    private const int MostFarewells = 3;

    // One answer moves the heat by no more than this: trust returns over several turns, and one slip is not the end.
    private const double MostRise = 0.4;
    private const double MostFall = 0.24;

    private const double ForBlock = 0.22;
    private const double ForWarning = 0.13;
    private const double ForNothing = 0.05;
    private const double ForSilence = 0.04;
    private const double ForRepetition = 0.08;
    private const double ForOtherLanguage = 0.03;
    private const double ForOffer = 0.06;
    private const double ForTheRightMove = 0.05;
    private const double ForOldSteps = 0.03;
    private const int LongestQuotation = 40;

    private static readonly DateTimeOffset FirstMinute = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    // How much each step calms when it is done for the first time.
    private static readonly Dictionary<ConversationStep, double> Calming = new()
    {
        [ConversationStep.Calm] = 0.02,
        [ConversationStep.Listen] = 0.07,
        [ConversationStep.Repeat] = 0.11,
        [ConversationStep.Thank] = 0.04,
        [ConversationStep.Explain] = 0.07,
        [ConversationStep.FollowUp] = 0.06,
        [ConversationStep.Sincere] = 0.08,
    };

    // The steps that carry out a proposal of the coach.
    private static readonly Dictionary<string, ConversationStep[]> Carries = new(StringComparer.Ordinal)
    {
        ["A1"] = [ConversationStep.Repeat, ConversationStep.Listen],
        ["A2"] = [ConversationStep.Listen],
        ["A3"] = [ConversationStep.Listen],
        ["A4"] = [ConversationStep.Sincere],
        ["A5"] = [ConversationStep.Explain],
        ["A6"] = [ConversationStep.Thank, ConversationStep.Sincere],
        ["A7"] = [ConversationStep.Explain, ConversationStep.FollowUp],
        ["A8"] = [ConversationStep.Listen],
        ["A12"] = [ConversationStep.FollowUp],
        ["E2"] = [ConversationStep.Listen],
    };

    private readonly ConversationTurnPipeline _pipeline;
    private readonly DraftReviewer _reviewer;
    private readonly StepRecognizer _steps;
    private readonly Dictionary<(MessageLanguage Language, string Id), (TrainingSituation Situation, SituationPhrases Phrases)> _situations = [];
    private readonly Dictionary<MessageLanguage, CustomerReactions> _reactions = [];

    /// <summary>Compiles the situations.</summary>
    /// <param name="pipeline">The way of a message.</param>
    /// <param name="reviewer">Reviews the trainee's messages, for goodbyes and rewrites.</param>
    /// <param name="steps">Recognises the steps in them.</param>
    /// <param name="spanish">The Spanish situations and reactions.</param>
    /// <param name="english">The English ones.</param>
    /// <exception cref="PhraseSyntaxException">A phrase cannot be understood.</exception>
    /// <exception cref="ArgumentException">Something is missing in a situation or among the reactions; the message names it.</exception>
    public TrainingRoom(
        ConversationTurnPipeline pipeline,
        DraftReviewer reviewer,
        StepRecognizer steps,
        (CustomerReactions Reactions, IReadOnlyList<TrainingSituation> Situations) spanish,
        (CustomerReactions Reactions, IReadOnlyList<TrainingSituation> Situations) english)
    {
        _pipeline = pipeline;
        _reviewer = reviewer;
        _steps = steps;
        foreach (var (language, (reactions, situations)) in new[] { (MessageLanguage.Spanish, spanish), (MessageLanguage.English, english) })
        {
            TrainingCheck.Check(language, reactions, situations);
            _reactions[language] = reactions;
            foreach (var situation in situations)
            {
                _situations.Add((language, situation.Id), (situation, new SituationPhrases(situation, reactions)));
            }
        }
    }

    /// <summary>The situations in a language, by id.</summary>
    /// <param name="language">Spanish or English.</param>
    public IReadOnlyList<TrainingSituation> SituationsIn(MessageLanguage language) =>
        [.. _situations.Where(p => p.Key.Language == language).Select(p => p.Value.Situation).OrderBy(s => s.Id, StringComparer.Ordinal)];

    /// <summary>Finds a situation.</summary>
    /// <param name="language">Spanish or English.</param>
    /// <param name="id">Its id.</param>
    /// <returns>Nothing when there is none.</returns>
    public TrainingSituation? Find(MessageLanguage language, string? id) => id is not null && _situations.TryGetValue((language, id), out var found) ? found.Situation : null;

    /// <summary>Begins: the customer writes first.</summary>
    /// <param name="situation">One of <see cref="SituationsIn"/>.</param>
    /// <param name="language">Its language.</param>
    /// <param name="seed">Any number; another number gives another choice of words.</param>
    /// <exception cref="ArgumentException">The situation is not of this room.</exception>
    public TrainingSession Begin(TrainingSituation situation, MessageLanguage language, int seed)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (Find(language, situation.Id) != situation)
        {
            throw new ArgumentException($"There is no situation '{situation.Id}' in this language.", nameof(situation));
        }

        var id = ConversationId.Create(string.Create(CultureInfo.InvariantCulture, $"training-{situation.Id}-{seed}"));
        var session = new TrainingSession(situation, language, seed, Conversation.Start(id));
        return new Reply(session).Add(situation.Openings).Speak(_pipeline);
    }

    /// <summary>The trainee answers, and the customer replies.</summary>
    /// <param name="session">The session as it stands.</param>
    /// <param name="text">What the trainee writes; nothing but white space counts as silence.</param>
    /// <returns>The session after the customer's reply; as it was when it is over.</returns>
    /// <exception cref="ArgumentException">The text is longer than <see cref="MessageText.MaxLength"/>.</exception>
    public TrainingSession Answer(TrainingSession session, string text)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MessageText.MaxLength)
        {
            throw new ArgumentException($"The text must have at most {MessageText.MaxLength} UTF-16 units.", nameof(text));
        }

        if (session.IsOver)
        {
            return session;
        }

        text = MessageText.Mend(text).Trim();
        return text.Length == 0 ? BeSilent(session) : React(session, text);
    }

    /// <summary>The trainee stops. A session that is over stays as it ended.</summary>
    /// <param name="session">The session.</param>
    public static TrainingSession Stop(TrainingSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.IsOver ? session : session with { Ending = TrainingEnding.Stopped };
    }

    /// <summary>Looks back. Of a session that goes on, at what happened so far.</summary>
    /// <param name="session">The session.</param>
    public TrainingDebrief Debrief(TrainingSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        var ending = session.IsOver ? session.Ending : TrainingEnding.Stopped;
        return TrainingDebrief.Of(session, _reactions[session.Language].Debriefs[ending]);
    }

    private TrainingSession BeSilent(TrainingSession session)
    {
        var heat = Probability.Clamp(session.Heat.Value + (ForSilence * session.Situation.Temper.Rises));
        var moment = new TrainingMoment(null, "", session.Heat, heat, [], [], null, [], SuggestionIn(session.Conversation));
        var after = session with { Heat = heat, Moments = session.Moments.Add(moment), TimesBoiling = Boil(session, heat) };
        var reply = new Reply(after);
        return EndOf(after, saysFarewell: false, isGoodFarewell: false, handsOver: false) is not TrainingEnding.None and var ending
            ? End(reply, ending)
            : reply.Add(_reactions[session.Language].Silence).Speak(_pipeline);
    }

    private TrainingSession React(TrainingSession session, string text)
    {
        var reactions = _reactions[session.Language];
        var before = session.Conversation;
        var reading = MessageReading.Of(text);
        var understood = _situations[(session.Language, session.Situation.Id)].Phrases.Read(reading);
        var isFarewell = session.Situation.Goal == TrainingGoal.Dismiss && understood.SaysFarewell;

        var at = FirstMinute + (Pace * before.Turns.Count);
        var message = new InboundMessage(MessageId.Create($"trainee-{before.Turns.Count}"), SpeakerRole.Agent, text, at);
        var taken = _pipeline.Take(before, message, at).Conversation;
        var turn = taken.Turns[^1];
        var review = _reviewer.Review(new DraftRequest(
            text, turn.Language, session.Language, isFarewell ? DraftKind.Farewell : DraftKind.Reply, [.. before.CustomerTurns.Select(t => t.Text)]));
        var seen = new Seen(
            understood,
            review.Findings,
            [.. turn.StepsDone.Except(before.StepsDone)],
            _steps.Recognize(before, reading, turn.Language, turn.Findings),
            IsRepeated: session.Moments.Exists(m => string.Equals(m.Text, text, StringComparison.OrdinalIgnoreCase)),
            IsForeign: turn.Language != session.Language && LanguageDetector.Detect(reading) is { IsMixed: false } detected && detected.Language == turn.Language);

        var heat = Probability.Clamp(session.Heat.Value + ChangeOf(session, seen));
        var moment = new TrainingMoment(
            turn.Index, text, session.Heat, heat, seen.NewSteps, review.Findings, review.Rewrite, [.. understood.Offered.Select(o => o.Id)], SuggestionIn(before));
        var after = session with
        {
            Conversation = taken,
            Heat = heat,
            Moments = session.Moments.Add(moment),
            IsOffered = session.IsOffered || understood.Offered.Any(o => o.Settles),
            TimesBoiling = Boil(session, heat),
            Farewells = session.Farewells + (isFarewell ? 1 : 0),
        };
        var isGoodFarewell = isFarewell && seen.Faults.Count == 0;
        var reply = new Reply(after);
        if (EndOf(after, isFarewell, isGoodFarewell, understood.HandsOver) is not TrainingEnding.None and var ending)
        {
            return End(reply, ending);
        }

        Compose(reply, seen, reactions, isFarewell);
        return reply.Speak(_pipeline);
    }

    // What the rules found heats, what they recognised calms; beside a fault a good move counts half.
    private static double ChangeOf(TrainingSession session, Seen seen)
    {
        var temper = session.Situation.Temper;
        var rise = seen.Faults.DistinctBy(f => f.Rule).Sum(f => f.Severity == FindingSeverity.Block ? ForBlock : ForWarning);
        rise += seen.IsRepeated ? ForRepetition : 0;
        rise += seen.IsForeign ? ForOtherLanguage : 0;
        var fall = 0.0;
        if (!seen.IsRepeated && !seen.IsForeign)
        {
            fall += seen.NewSteps.Sum(s => Calming[s]);
            fall += seen.NewSteps.Count == 0 && seen.DoesSomething ? ForOldSteps : 0;
            fall += seen.Understood.Offered.Count > 0 ? ForOffer : 0;
            fall += SuggestionIn(session.Conversation) is { } suggestion && Carries.TryGetValue(suggestion.Technique, out var steps) && Array.Exists(steps, seen.Steps.Contains) ? ForTheRightMove : 0;
        }

        if (rise == 0 && !seen.DoesSomething && seen.Understood.Offered.Count == 0 && seen.Understood.Asked.Count == 0)
        {
            return ForNothing * temper.Rises;
        }

        rise = Math.Min(MostRise, rise * temper.Rises);
        fall = Math.Min(MostFall, fall * temper.Calms);
        return rise > 0 ? Math.Max(rise - (fall / 2), rise / 4) : -fall;
    }

    private static int Boil(TrainingSession session, Probability heat) => heat.Value >= Boiling ? session.TimesBoiling + 1 : session.TimesBoiling;

    private static TrainingEnding EndOf(TrainingSession after, bool saysFarewell, bool isGoodFarewell, bool handsOver)
    {
        var goal = after.Situation.Goal;
        var settled = after.IsOffered && after.Heat.Value <= CanListen;
        return isGoodFarewell ? TrainingEnding.Dismissed
            : after.TimesBoiling >= MostBoiling || (saysFarewell && after.Farewells >= MostFarewells) ? TrainingEnding.WalkedOut
            : handsOver ? TrainingEnding.HandedOver
            : settled && goal == TrainingGoal.Reconcile ? TrainingEnding.Reconciled
            : settled && goal == TrainingGoal.LeaveWell ? TrainingEnding.LeftWell
            : after.Moments.Count >= MostAnswers ? TrainingEnding.OutOfTime
            : TrainingEnding.None;
    }

    private TrainingSession End(Reply reply, TrainingEnding ending)
    {
        var situation = reply.Session.Situation;
        var isGoal = ending is TrainingEnding.Reconciled or TrainingEnding.LeftWell or TrainingEnding.Dismissed;
        _ = isGoal ? reply.Add(situation.Closing) : reply.Add(_reactions[reply.Session.Language].LastWords[ending]);
        return reply.Speak(_pipeline) with { Ending = ending };
    }

    // A reaction to how it was said, an answer to what was asked or offered, and what still weighs on them.
    private static void Compose(Reply reply, Seen seen, CustomerReactions reactions, bool isFarewell)
    {
        var situation = reply.Session.Situation;
        var worst = seen.Faults.OrderByDescending(f => f.Severity).FirstOrDefault(f => reactions.Findings.ContainsKey(f.Rule));
        var reacted = true;
        if (seen.IsForeign)
        {
            reply.Add(reactions.OtherLanguage);
            return;
        }

        if (isFarewell)
        {
            reply.Add(reactions.BadFarewell);
        }
        else if (worst is not null)
        {
            reply.Add(reactions.Findings[worst.Rule], WordsOf(worst));
        }
        else if (seen.IsRepeated)
        {
            reply.Add(reactions.Repeated);
        }
        else if (seen.Understood.Offered.Count == 0 && seen.NewSteps.Where(reactions.Steps.ContainsKey).OrderByDescending(s => Calming[s]).ToArray() is [var best, ..])
        {
            reply.Add(reactions.Steps[best]);
        }
        else
        {
            reacted = false;
        }

        // After a fault nobody listens to offers; a question is still answered, tersely.
        if (worst is null && seen.Understood.Offered is [var offer, ..])
        {
            reply.Add(offer.Answers);
            reacted = true;
        }

        if (seen.Understood.Asked is [var asked, ..])
        {
            reply.Tell(asked, reactions.Again);
        }
        else if (seen.Steps.Contains(ConversationStep.Listen))
        {
            if (!reply.TellNext())
            {
                reply.Add(reactions.NothingMore);
            }
        }
        else if (!reacted)
        {
            reply.Add(reactions.Unheard);
            if (!reply.TellNext())
            {
                reply.Insist();
            }
        }
        else if (worst is not null || isFarewell || reply.Session.Heat.Value >= Tense)
        {
            reply.Insist();
        }
        else if (situation.Facts.Count > reply.Session.Told.Count && seen.Understood.Offered.Count == 0)
        {
            reply.TellNext();
        }
    }

    // Their own words thrown back, when they are short enough to be quoted.
    private static string? WordsOf(DraftFinding finding)
    {
        var words = finding.Evidence.Text.Trim().Trim(',', '.', ';', ':', '!', '¡', '?', '¿', ' ', '"', '«', '»', '“', '”');
        return words.Length is > 2 and <= LongestQuotation && !words.Any(char.IsControl) ? words : null;
    }

    private static Suggestion? SuggestionIn(Conversation conversation) =>
        conversation.Turns is [.., { Speaker: SpeakerRole.Customer } last] ? conversation.Suggestions.GetValueOrDefault(last.Index) : null;

    /// <summary>What the rules and the situation see in one answer.</summary>
    private sealed record Seen(
        SituationPhrases.Understood Understood,
        IReadOnlyList<DraftFinding> Findings,
        IReadOnlyList<ConversationStep> NewSteps,
        IReadOnlySet<ConversationStep> Steps,
        bool IsRepeated,
        bool IsForeign)
    {
        public IReadOnlyList<DraftFinding> Faults { get; } = [.. Findings.Where(f => f.Severity != FindingSeverity.Note)];

        // Answering calmly is no move of its own: "ok" is calm, too.
        public bool DoesSomething => Steps.Any(s => s != ConversationStep.Calm);
    }

    /// <summary>Puts the customer's next message together. What was said is not said again while there are other words.</summary>
    private sealed class Reply(TrainingSession session)
    {
        private readonly List<string> _parts = [];
        private TrainingSession _session = session;

        public TrainingSession Session => _session;

        private bool IsTense => _session.Heat.Value >= Tense;

        public Reply Add(TonedLines lines, string? words = null) => Add(IsTense ? lines.Tense : lines.Calm, words);

        public Reply Add(IReadOnlyList<string> lines, string? words = null)
        {
            var fitting = lines.Where(l => words is not null || !l.Contains("{words}", StringComparison.Ordinal)).ToArray();
            if (fitting.Length == 0)
            {
                return this;
            }

            var start = Choice(fitting.Length);
            var line = Enumerable.Range(0, fitting.Length).Select(i => fitting[(start + i) % fitting.Length]).FirstOrDefault(l => !_session.Said.Contains(l)) ?? fitting[start];
            _session = _session with { Said = _session.Said.Add(line) };
            _parts.Add(line.Replace("{words}", words, StringComparison.Ordinal));
            return this;
        }

        public void Tell(CustomerFact fact, TonedLines again)
        {
            if (_session.Told.Contains(fact.Id))
            {
                Add(again);
            }

            _session = _session with { Told = _session.Told.Add(fact.Id) };
            Add(fact.Tells);
        }

        public bool TellNext()
        {
            if (_session.Situation.Facts.FirstOrDefault(f => !_session.Told.Contains(f.Id)) is not { } next)
            {
                return false;
            }

            _session = _session with { Told = _session.Told.Add(next.Id) };
            Add(next.Tells);
            return true;
        }

        public void Insist() => Add(_session.Situation.Insists[LevelOf(_session.Heat)]);

        public TrainingSession Speak(ConversationTurnPipeline pipeline)
        {
            if (_parts.Count == 0)
            {
                Insist();
            }

            var count = _session.Conversation.Turns.Count;
            var at = FirstMinute + (Pace * count);
            var message = new InboundMessage(
                MessageId.Create($"customer-{count}"), SpeakerRole.Customer, string.Join(' ', _parts), at, _session.Language, _session.Situation.Customer);
            return _session with { Conversation = pipeline.Take(_session.Conversation, message, at).Conversation };
        }

        private static FrustrationLevel LevelOf(Probability heat) => heat.Value switch
        {
            < 0.2 => FrustrationLevel.Calm,
            < 0.42 => FrustrationLevel.Annoyed,
            < 0.64 => FrustrationLevel.Frustrated,
            < 0.87 => FrustrationLevel.Angry,
            _ => FrustrationLevel.Hostile,
        };

        // FNV-1a over everything that the choice may depend on: the same on every machine and run.
        private int Choice(int count)
        {
            var hash = 2166136261u;
            foreach (var b in Encoding.UTF8.GetBytes($"{_session.Situation.Id}/{_session.Moments.Count}/{_parts.Count}").Concat(BitConverter.GetBytes(_session.Seed)))
            {
                hash = (hash ^ b) * 16777619u;
            }

            hash ^= hash >> 15;
            return (int)(hash % (uint)count);
        }
    }
}
