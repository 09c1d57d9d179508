using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching;

/// <summary>How one of the seven steps is recognised in an agent's words, as in <c>prompts/playbook/{language}/steps.yaml</c>.</summary>
public sealed class StepRule
{
    /// <summary>The step.</summary>
    public required ConversationStep Step { get; init; }

    /// <summary>What the agent is asked to do next, for the sidebar: a verb and its object.</summary>
    public required string Next { get; init; }

    /// <summary>Phrases that do the step.</summary>
    public IReadOnlyList<string> Phrases { get; init; } = [];

    /// <summary>Phrases that take a match back when they stand in the same sentence.</summary>
    public IReadOnlyList<string> Unless { get; init; } = [];
}

/// <summary>The steps of one language with the words they share.</summary>
public sealed class StepRules
{
    /// <summary>Named lists for <c>%name</c> in phrases.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Lists { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Phrases that tell of the customer ("you've", "lleva"): a sentence with one of these and the customer's own facts says back.</summary>
    public required IReadOnlyList<string> TellsOfCustomer { get; init; }

    /// <summary>Phrases that instruct or ask ("please go to", "pulse"): such a sentence says nothing back, whatever facts it names.</summary>
    public required IReadOnlyList<string> Instructs { get; init; }

    /// <summary>One rule per step.</summary>
    public required IReadOnlyList<StepRule> Steps { get; init; }
}

/// <summary>Recognises which of the seven steps (A10) an agent's message does, in the agent's words, not ours.</summary>
/// <remarks>
/// Four steps are phrases (listen, thank, explain, follow up). Three need the conversation: <c>repeat</c> is also done by saying
/// back the customer's own facts, <c>calm</c> by answering an upset customer without a finding that heats, and <c>sincere</c> does
/// not count beside words that the draft rules warn about. Deterministic and safe for concurrent use.
/// </remarks>
public sealed class StepRecognizer
{
    // Findings that show a raised or cold voice.
    private static readonly HashSet<string> Heating = new(StringComparer.Ordinal)
    {
        "hostile-tone", "personal-attack", "shouting", "blame", "calm-down", "dismissive", "condescension", "defensive-justification", "pushing-ahead",
    };

    // Saying back: this many of the customer's own content words, or one of their numbers with one word.
    private const int WordsThatSayBack = 3;
    private const int ShortestContentWord = 5;
    private const int TurnsToSayBack = 4;
    private const double UpsetTension = 0.2;

    private readonly Compiled _spanish;
    private readonly Compiled _english;

    /// <summary>Compiles the rules.</summary>
    /// <param name="spanish">Spanish.</param>
    /// <param name="english">English.</param>
    /// <exception cref="PhraseSyntaxException">A phrase cannot be understood.</exception>
    public StepRecognizer(StepRules spanish, StepRules english)
    {
        _spanish = new Compiled(spanish);
        _english = new Compiled(english);
    }

    /// <summary>The steps that an agent's message does.</summary>
    /// <param name="conversation">The conversation before it.</param>
    /// <param name="reading">The message.</param>
    /// <param name="language">Its language; undetermined asks both.</param>
    /// <param name="findings">What the draft rules found in it.</param>
    public IReadOnlySet<ConversationStep> Recognize(Conversation conversation, MessageReading reading, MessageLanguage language, IReadOnlyList<DraftFinding> findings)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(findings);
        var steps = new HashSet<ConversationStep>();
        if (reading.Words.Count == 0)
        {
            return steps;
        }

        if (language != MessageLanguage.English)
        {
            _spanish.Collect(reading, steps);
        }

        if (language != MessageLanguage.Spanish)
        {
            _english.Collect(reading, steps);
        }

        var customer = conversation.CustomerTurns.ToArray();
        if ((language != MessageLanguage.English && _spanish.SaysBack(customer, reading))
            || (language != MessageLanguage.Spanish && _english.SaysBack(customer, reading)))
        {
            steps.Add(ConversationStep.Repeat);
        }

        var heats = findings.Any(f => f.Severity != FindingSeverity.Note && Heating.Contains(f.Rule));
        if (heats)
        {
            steps.Remove(ConversationStep.Sincere);
            steps.Remove(ConversationStep.Calm);
        }
        else if (customer.Length > 0 && (customer[^1].Score?.Level >= FrustrationLevel.Annoyed || conversation.Tension.Value >= UpsetTension))
        {
            steps.Add(ConversationStep.Calm);
        }

        return steps;
    }

    /// <summary>What to show as the next step, or nothing when all are done.</summary>
    /// <param name="done">The steps done.</param>
    /// <param name="language">The agent's language; Spanish unless English.</param>
    public (ConversationStep Step, string Hint)? Next(IReadOnlySet<ConversationStep> done, MessageLanguage language)
    {
        ArgumentNullException.ThrowIfNull(done);
        foreach (var step in Enum.GetValues<ConversationStep>())
        {
            if (!done.Contains(step))
            {
                return (step, (language == MessageLanguage.English ? _english : _spanish).Hint(step));
            }
        }

        return null;
    }

    private static bool IsContent(Word word) => word.Kind switch
    {
        WordKind.Number => true,
        WordKind.Letters => word.Form.Length >= ShortestContentWord && !EmptyWords.Contains(word.Form),
        WordKind.Emoji or WordKind.Link => false,
        _ => throw new InvalidOperationException("A word of no kind."),
    };

    // Long words that everybody uses and that therefore say nothing back.
    private static readonly HashSet<string> EmptyWords = new(StringComparer.Ordinal)
    {
        "about", "after", "again", "because", "before", "could", "every", "hello", "other", "please", "right", "should", "still", "thank", "thanks", "their",
        "there", "these", "thing", "think", "those", "today", "where", "which", "while", "would", "yours", "being", "never", "really", "since", "until",
        "ahora", "antes", "aunque", "buenas", "buenos", "cuando", "donde", "desde", "entonces", "estas", "estos", "estoy", "favor", "gracias", "hasta",
        "luego", "mucho", "muchas", "nuestra", "nuestro", "porque", "puede", "pueden", "puedo", "quiero", "siempre", "sobre", "tambien", "tengo", "tiene",
        "tienen", "todavia", "ustedes", "usted", "alguien", "nadie",
    };

    private sealed class Compiled
    {
        private const int TellsOfCustomer = 0;
        private const int Instructs = 1;
        private const int FirstStep = 2;

        private readonly StepRules _rules;
        private readonly PhraseAutomaton _automaton;

        public Compiled(StepRules rules)
        {
            ArgumentNullException.ThrowIfNull(rules);
            _rules = rules;
            var builder = new PhraseAutomaton.Builder();
            foreach (var (name, entries) in rules.Lists)
            {
                builder.AddLexicon(name, entries);
            }

            foreach (var phrase in rules.TellsOfCustomer)
            {
                builder.AddPhrase(TellsOfCustomer, phrase);
            }

            foreach (var phrase in rules.Instructs)
            {
                builder.AddPhrase(Instructs, phrase);
            }

            for (var i = 0; i < rules.Steps.Count; i++)
            {
                foreach (var phrase in rules.Steps[i].Phrases)
                {
                    builder.AddPhrase(FirstStep + (i * 2), phrase);
                }

                foreach (var phrase in rules.Steps[i].Unless)
                {
                    builder.AddPhrase(FirstStep + (i * 2) + 1, phrase);
                }
            }

            _automaton = builder.Build();
        }

        public string Hint(ConversationStep step) => _rules.Steps.First(s => s.Step == step).Next;

        // A sentence that tells of the customer with their own facts; naming the facts in an instruction is not saying them back.
        public bool SaysBack(Turn[] customer, MessageReading agent)
        {
            if (customer.Length == 0)
            {
                return false;
            }

            var matches = _automaton.Find(agent);
            var theirs = customer.TakeLast(TurnsToSayBack)
                .SelectMany(t => MessageReading.Of(t.Text).Words)
                .Where(IsContent)
                .Select(w => w.Form)
                .ToHashSet(StringComparer.Ordinal);
            for (var sentence = 0; sentence < agent.SentenceCount; sentence++)
            {
                var (first, end) = agent.WordsOfSentence(sentence);
                if (!matches.Any(m => m.Phrase == TellsOfCustomer && m.FirstWord >= first && m.FirstWord < end)
                    || matches.Any(m => m.Phrase == Instructs && m.FirstWord >= first && m.FirstWord < end))
                {
                    continue;
                }

                var said = agent.Words.Skip(first).Take(end - first).Where(w => IsContent(w) && theirs.Contains(w.Form)).DistinctBy(w => w.Form).ToArray();
                if (said.Length >= WordsThatSayBack || (said.Length >= 2 && Array.Exists(said, w => w.Kind == WordKind.Number)))
                {
                    return true;
                }
            }

            return false;
        }

        public void Collect(MessageReading reading, HashSet<ConversationStep> steps)
        {
            var matches = _automaton.Find(reading);
            foreach (var match in matches)
            {
                var sentence = reading.Words[match.FirstWord].Sentence;
                if (match.Phrase >= FirstStep && match.Phrase % 2 == 0 && !matches.Any(m => m.Phrase == match.Phrase + 1 && reading.Words[m.FirstWord].Sentence == sentence))
                {
                    steps.Add(_rules.Steps[(match.Phrase - FirstStep) / 2].Step);
                }
            }
        }
    }
}
