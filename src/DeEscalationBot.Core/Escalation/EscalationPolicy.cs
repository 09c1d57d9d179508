using System.Globalization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Escalation;

/// <summary>The words with which alerts explain themselves, as in <c>prompts/playbook/{language}/triggers.yaml</c>.</summary>
public sealed class TriggerTexts
{
    /// <summary>For each reason, what happened.</summary>
    public required IReadOnlyDictionary<string, string> Reasons { get; init; }

    /// <summary>How the words are quoted: <c>{what}</c> and <c>{words}</c>.</summary>
    public required string WithWords { get; init; }

    /// <summary>How the trend is told: <c>{tension}</c>, 0 to 100 as the pages show it, and <c>{trend}</c>.</summary>
    public required string Trend { get; init; }

    /// <summary>Names of the trends.</summary>
    public required IReadOnlyDictionary<TensionTrend, string> Trends { get; init; }

    /// <summary>Phrases that show that an insult is aimed at one person (T1).</summary>
    public required IReadOnlyList<string> AimedAtPerson { get; init; }

    /// <summary>Phrases that show that it is aimed at everybody; they win over <see cref="AimedAtPerson"/>.</summary>
    public required IReadOnlyList<string> AimedAtAll { get; init; }

    /// <summary>Phrases that show that a customer waits for an answer of ours, not for a delivery (T12).</summary>
    public required IReadOnlyList<string> WaitsForUs { get; init; }

    /// <summary>Courtesies: greetings, goodbyes, thanks, patience, "are you there". A message of nothing else says nothing of T1–T5, T9 and T10.</summary>
    public required IReadOnlyList<string> Courtesies { get; init; }

    /// <summary>How a conversation is told in three lines.</summary>
    public required SummaryTexts Summary { get; init; }
}

/// <summary>Decides after each customer turn, and by the clock, whether somebody else has to look (T1–T12).</summary>
/// <remarks>Pure; safe for concurrent use. Decides what a turn calls for; whether that joins an open alert is the pipeline's business.</remarks>
public sealed class EscalationPolicy
{
    // T4: an answer has at least this many words.
    private const int LeastWordsOfAnswer = 6;
    private const int AnswersWithoutSatisfaction = 2;
    private const double SureRepetition = 0.75;

    // T7: early signs of different kinds, or on this many turns.
    private const int PiledUpSigns = 2;

    // T6: customer turns that must not fall before the supervisor is called.
    private const int TurnsAfterAdvice = 2;
    private const int TurnsAfterSteps = 2;

    private const int MostWordsOfCourtesy = 12;

    private readonly EscalationSettings _settings;
    private readonly Texts _spanish;
    private readonly Texts _english;

    /// <summary>Makes a policy.</summary>
    /// <param name="settings">The numbers, validated at start.</param>
    /// <param name="spanish">The Spanish words.</param>
    /// <param name="english">The English words.</param>
    /// <exception cref="ArgumentException">A reason or a line of the summary has no words, or a setting of the calendar cannot be used.</exception>
    public EscalationPolicy(EscalationSettings settings, TriggerTexts spanish, TriggerTexts english)
    {
        _settings = settings;
        _spanish = new Texts(spanish, "es");
        _english = new Texts(english, "en");
        Intake = new AlertIntake(settings, new AlertBriefing(spanish.Summary, english.Summary));
    }

    /// <summary>What becomes of a decision: an alert, part of one that is open, one that waits, or nothing.</summary>
    public AlertIntake Intake { get; }

    /// <summary>What the last turn of a conversation calls for, most urgent first; a danger to life comes before everything.</summary>
    /// <param name="conversation">The conversation with the turn applied.</param>
    public IReadOnlyList<EscalationDecision> Decide(Conversation conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        if (conversation.Turns.IsEmpty || conversation.Turns[^1] is not { Score: { } score } turn)
        {
            return [];
        }

        var found = new List<EscalationDecision>();
        void Add(EscalationTrigger trigger, AlertUrgency urgency, string reason, SignalType? signal = null) => found.Add(new EscalationDecision(
            trigger, _settings.For(trigger).Urgency ?? urgency, Explain(conversation, trigger, reason, signal is { } type ? score.Find(type) : null)));

        // A model that learns from words may see leaving in a goodbye. After any sign of despair, however faint, a goodbye is another thing:
        // a sign too weak for an alert of its own still says what the goodbye may mean.
        var isCourtesy = IsCourtesy(turn.Text);
        var isCalmGoodbye = isCourtesy && !conversation.CustomerTurns.Any(t => t.Index < turn.Index && t.Score!.Find(SignalType.Vulnerability) is not null);
        bool Counts(SignalType type) => type switch
        {
            SignalType.Vulnerability => !isCalmGoodbye,
            SignalType.SafetyHazard or SignalType.Waiting => true,
            _ => !isCourtesy,
        };
        bool Sure(SignalType type, EscalationTrigger trigger) => Counts(type) && score.Has(type, _settings.ConfidenceFor(trigger));
        bool Weak(SignalType type) => Counts(type) && score.Has(type, _settings.WeakSignalConfidence);

        if (Sure(SignalType.Vulnerability, EscalationTrigger.T11))
        {
            Add(EscalationTrigger.T11, AlertUrgency.Immediate, "lifeInDanger", SignalType.Vulnerability);
        }
        else if (Weak(SignalType.Vulnerability))
        {
            Add(EscalationTrigger.T11, AlertUrgency.Supervisor, "maybeLifeInDanger", SignalType.Vulnerability);
        }

        if (Sure(SignalType.SafetyHazard, EscalationTrigger.T11))
        {
            Add(EscalationTrigger.T11, AlertUrgency.Immediate, "hazard", SignalType.SafetyHazard);
        }

        if (Sure(SignalType.Threat, EscalationTrigger.T2))
        {
            Add(EscalationTrigger.T2, AlertUrgency.Immediate, "threat", SignalType.Threat);
        }
        else if (Weak(SignalType.Threat))
        {
            Add(EscalationTrigger.T2, AlertUrgency.Supervisor, "maybeThreat", SignalType.Threat);
        }

        if (Sure(SignalType.Blackmail, EscalationTrigger.T2))
        {
            Add(EscalationTrigger.T2, AlertUrgency.Immediate, "blackmail", SignalType.Blackmail);
        }

        if (Sure(SignalType.Abuse, EscalationTrigger.T1))
        {
            var before = conversation.CustomerTurns.Any(t => t.Index < turn.Index && t.Score!.Has(SignalType.Abuse, _settings.ConfidenceFor(EscalationTrigger.T1)));
            var immediate = before || IsAimedAtPerson(turn, score.Find(SignalType.Abuse)!);
            Add(EscalationTrigger.T1, immediate ? AlertUrgency.Immediate : AlertUrgency.Supervisor, before ? "abuseAgain" : immediate ? "abuseOfPerson" : "abuse", SignalType.Abuse);
        }

        AddIf(Sure(SignalType.ManagerRequest, EscalationTrigger.T10), EscalationTrigger.T10, "managerRequest", SignalType.ManagerRequest);
        AddIf(Sure(SignalType.LegalThreat, EscalationTrigger.T10), EscalationTrigger.T10, "legalThreat", SignalType.LegalThreat);
        AddIf(Sure(SignalType.AccountSecurity, EscalationTrigger.T10), EscalationTrigger.T10, "accountSecurity", SignalType.AccountSecurity);
        AddIf(Sure(SignalType.Minor, EscalationTrigger.T10), EscalationTrigger.T10, "minor", SignalType.Minor);
        AddIf(Sure(SignalType.ChurnIntent, EscalationTrigger.T9), EscalationTrigger.T9, "churnIntent", SignalType.ChurnIntent);
        AddIf(Sure(SignalType.ReputationThreat, EscalationTrigger.T3), EscalationTrigger.T3, "reputationThreat", SignalType.ReputationThreat);
        AddIf(Insists(conversation, turn, score), EscalationTrigger.T4, "insists", SignalType.RepeatContact);
        AddIf(Sure(SignalType.Misfit, EscalationTrigger.T5), EscalationTrigger.T5, "misfit", SignalType.Misfit);
        if (DecideStubborn(conversation) is { } stubborn)
        {
            Add(EscalationTrigger.T6, stubborn, stubborn == AlertUrgency.Advise ? "stubborn" : "stubbornAfterAdvice");
        }

        if (Sure(SignalType.Waiting, EscalationTrigger.T12) && WaitsForUs(turn))
        {
            var again = conversation.CustomerTurns.Any(t => t.Index < turn.Index && t.Score!.Has(SignalType.Waiting, _settings.ConfidenceFor(EscalationTrigger.T12)) && WaitsForUs(t));
            Add(EscalationTrigger.T12, again ? AlertUrgency.Supervisor : AlertUrgency.Advise, "saysWaiting", SignalType.Waiting);
        }

        if (SignsPileUp(conversation, turn))
        {
            Add(EscalationTrigger.T7, AlertUrgency.Advise, "earlySigns");
        }

        return [.. found.OrderByDescending(d => d.Trigger == EscalationTrigger.T11).ThenByDescending(d => d.Urgency)];

        void AddIf(bool holds, EscalationTrigger trigger, string reason, SignalType signal)
        {
            if (holds)
            {
                Add(trigger, AlertUrgency.Supervisor, reason, signal);
            }
        }
    }

    /// <summary>Whether the customer has waited too long for an answer (T12).</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="now">The product's clock.</param>
    public EscalationDecision? DecideWaiting(Conversation conversation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        if (conversation.UnansweredSince is not { } since)
        {
            return null;
        }

        var waited = now - since;
        if (waited < _settings.WaitingAdviseAfter)
        {
            return null;
        }

        var urgency = waited >= _settings.WaitingSupervisorAfter ? AlertUrgency.Supervisor : AlertUrgency.Advise;
        var minutes = ((int)waited.TotalMinutes).ToString(CultureInfo.InvariantCulture);
        var reason = TextsFor(conversation).Reason("waiting").Replace("{minutes}", minutes, StringComparison.Ordinal);
        return new EscalationDecision(EscalationTrigger.T12, _settings.For(EscalationTrigger.T12).Urgency ?? urgency, $"T12: {reason}");
    }

    /// <summary>When <see cref="DecideWaiting"/> has to be asked next, or nothing.</summary>
    /// <param name="unansweredSince">Since when the customer waits.</param>
    /// <param name="now">The product's clock.</param>
    public DateTimeOffset? NextWaitingCheck(DateTimeOffset? unansweredSince, DateTimeOffset now)
    {
        if (unansweredSince is not { } since)
        {
            return null;
        }

        return now < since + _settings.WaitingAdviseAfter ? since + _settings.WaitingAdviseAfter
            : now < since + _settings.WaitingSupervisorAfter ? since + _settings.WaitingSupervisorAfter
            : null;
    }

    /// <summary>What an agent's call for help leads to: the manager is consulted (T6, DIFFICULT).</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="by">Who asks.</param>
    public EscalationDecision DecideHandover(Conversation conversation, string by)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var what = TextsFor(conversation).Reason("handover").Replace("{by}", by, StringComparison.Ordinal);
        return new EscalationDecision(EscalationTrigger.T6, AlertUrgency.Supervisor, $"T6: {what} {Trend(conversation)}");
    }

    /// <summary>Whether the last turn shows a pattern that somebody should review over time (T8). Never an alert.</summary>
    /// <param name="conversation">The conversation with the turn applied.</param>
    /// <returns>The reason, once per conversation.</returns>
    public string? ProposeReview(Conversation conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var score = conversation.Turns[^1].Score;
        return score is not null && score.Has(SignalType.Misuse, _settings.SignalConfidence) && conversation.Reviews.IsEmpty
            ? Explain(conversation, EscalationTrigger.T8, "misuse", score.Find(SignalType.Misuse))
            : null;
    }

    private static bool Insists(Conversation conversation, Turn turn, UtteranceScore score)
    {
        if (conversation.CustomerTurns.FirstOrDefault(t => t.Score!.Has(SignalType.RepeatContact)) is not { } first || first.Index >= turn.Index)
        {
            return false;
        }

        // Real answers lie between the first time and now: one for somebody who says again that it is not the first time, two for
        // somebody who stays as frustrated without saying so.
        var answers = conversation.Turns.Count(t => t.Speaker == SpeakerRole.Agent && t.Index > first.Index && t.Index < turn.Index && IsAnswer(t.Text));
        return (score.Has(SignalType.RepeatContact) && answers >= 1)
            || (first.Score!.Has(SignalType.RepeatContact, SureRepetition) && score.Level >= FrustrationLevel.Frustrated && conversation.Trend != TensionTrend.Falling
                && answers >= AnswersWithoutSatisfaction);
    }

    // More than a greeting or "one moment".
    private static bool IsAnswer(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length >= LeastWordsOfAnswer;

    // The wait is for an answer of ours, not for a parcel.
    private bool WaitsForUs(Turn turn)
    {
        var reading = MessageReading.Of(turn.Text);
        var texts = turn.Language == MessageLanguage.English ? _english : _spanish;
        return texts.Aim.Find(reading).Any(m => m.Phrase == Texts.ForUs);
    }

    // Whatever the language: a short word is often taken for the other one.
    private bool IsCourtesy(string text)
    {
        var reading = MessageReading.Of(text);
        return reading.Words.Count is > 0 and <= MostWordsOfCourtesy && (Covers(_spanish.Courtesy, reading) || Covers(_english.Courtesy, reading));
    }

    private static bool Covers(PhraseAutomaton phrases, MessageReading reading)
    {
        var next = 0;
        foreach (var match in phrases.Find(reading).OrderBy(m => m.FirstWord))
        {
            if (match.FirstWord > next)
            {
                return false;
            }

            next = Math.Max(next, match.LastWord + 1);
        }

        return next == reading.Words.Count;
    }

    private AlertUrgency? DecideStubborn(Conversation conversation)
    {
        var stepsDoneAt = conversation.Turns.FindIndex(t => t.StepsDone.Count >= _settings.StubbornAfterSteps);
        if (stepsDoneAt < 0 || conversation.Tension.Value < _settings.StubbornTension || conversation.Turns[^1].Score!.Level < FrustrationLevel.Frustrated)
        {
            return null;
        }

        // The steps need a moment to work: two answers of the customer's, neither of them cooler.
        var customer = conversation.CustomerTurns.ToArray();
        var afterSteps = customer.Where(t => t.Index > stepsDoneAt).TakeLast(TurnsAfterSteps).ToArray();
        if (afterSteps.Length < TurnsAfterSteps || Array.Exists(afterSteps, t => t.Trend == TensionTrend.Falling))
        {
            return null;
        }

        var advised = conversation.Decisions.Where(d => d.Key >= 0 && d.Value.Exists(x => x.Trigger == EscalationTrigger.T6)).Select(d => d.Key).DefaultIfEmpty(-1).Min();
        if (advised < 0)
        {
            return AlertUrgency.Advise;
        }

        var since = customer.Where(t => t.Index > advised).ToArray();
        return since.Length >= TurnsAfterAdvice && since.TakeLast(TurnsAfterAdvice).All(t => t.Trend != TensionTrend.Falling) ? AlertUrgency.Supervisor : null;
    }

    private static bool SignsPileUp(Conversation conversation, Turn turn)
    {
        if (turn.EarlySigns.Count == 0)
        {
            return false;
        }

        var recent = conversation.CustomerTurns.TakeLast(5).ToArray();
        return recent.SelectMany(t => t.EarlySigns).Select(s => s.Kind).Distinct().Count() >= PiledUpSigns
            || recent.Count(t => t.EarlySigns.Count > 0) >= PiledUpSigns;
    }

    private bool IsAimedAtPerson(Turn turn, Signal abuse)
    {
        var reading = MessageReading.Of(turn.Text);
        var texts = turn.Language == MessageLanguage.English ? _english : _spanish;
        var matches = texts.Aim.Find(reading);
        foreach (var span in abuse.Evidence)
        {
            for (var i = 0; i < reading.Words.Count; i++)
            {
                var word = reading.Words[i];
                if (word.Start < span.Start || word.Start >= span.End)
                {
                    continue;
                }

                var inSentence = matches.Where(m => reading.Words[m.FirstWord].Sentence == word.Sentence).ToArray();
                if (Array.Exists(inSentence, m => m.Phrase == Texts.AtPerson) && !Array.Exists(inSentence, m => m.Phrase == Texts.AtAll))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private string Explain(Conversation conversation, EscalationTrigger trigger, string reason, Signal? signal)
    {
        var texts = TextsFor(conversation);
        var what = texts.Reason(reason);
        if (signal is not null)
        {
            var text = conversation.Turns[^1].Text;
            var words = string.Join("”, “", signal.Evidence.Take(3).Select(e => PiiRedactor.RedactPart(text, e.Start, e.Length).Trim()));
            what = texts.Data.WithWords.Replace("{what}", what, StringComparison.Ordinal).Replace("{words}", words, StringComparison.Ordinal);
        }

        return $"{trigger}: {what} {Trend(conversation)}";
    }

    private string Trend(Conversation conversation)
    {
        var texts = TextsFor(conversation);
        return texts.Data.Trend
            .Replace("{tension}", Math.Round(conversation.Tension.Value * 100, MidpointRounding.AwayFromZero).ToString("0", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{trend}", texts.Data.Trends[conversation.Trend], StringComparison.Ordinal);
    }

    private Texts TextsFor(Conversation conversation) => conversation.Language == MessageLanguage.English ? _english : _spanish;

    private sealed class Texts
    {
        public const int AtPerson = 0;
        public const int AtAll = 1;
        public const int ForUs = 2;

        private static readonly string[] Needed =
        [
            "lifeInDanger", "maybeLifeInDanger", "hazard", "threat", "maybeThreat", "blackmail", "abuse", "abuseAgain", "abuseOfPerson", "managerRequest", "legalThreat",
            "accountSecurity", "minor", "churnIntent", "reputationThreat", "insists", "misfit", "stubborn", "stubbornAfterAdvice", "earlySigns", "waiting", "saysWaiting", "handover", "misuse",
        ];

        public Texts(TriggerTexts data, string language)
        {
            ArgumentNullException.ThrowIfNull(data);
            Data = data;
            if (Array.Find(Needed, r => !data.Reasons.ContainsKey(r)) is { } missing)
            {
                throw new ArgumentException($"triggers.yaml ({language}) has no words for the reason '{missing}'.", nameof(data));
            }

            var builder = new PhraseAutomaton.Builder();
            foreach (var phrase in data.AimedAtPerson)
            {
                builder.AddPhrase(AtPerson, phrase);
            }

            foreach (var phrase in data.AimedAtAll)
            {
                builder.AddPhrase(AtAll, phrase);
            }

            foreach (var phrase in data.WaitsForUs)
            {
                builder.AddPhrase(ForUs, phrase);
            }

            Aim = builder.Build();
            var courtesies = new PhraseAutomaton.Builder();
            foreach (var phrase in data.Courtesies)
            {
                courtesies.AddPhrase(0, phrase);
            }

            Courtesy = courtesies.Build();
        }

        public TriggerTexts Data { get; }

        public PhraseAutomaton Aim { get; }

        public PhraseAutomaton Courtesy { get; }

        public string Reason(string key) => Data.Reasons[key];
    }
}
