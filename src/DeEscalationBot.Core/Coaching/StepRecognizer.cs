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

    /// <summary>Words that open a question about the customer's matter ("qué", "how"): asked, it is listening.</summary>
    public required IReadOnlyList<string> OpenQuestions { get; init; }

    /// <summary>Phrases of questions that only collect data or close ("número de pedido", "anything else"): they are not listening.</summary>
    public required IReadOnlyList<string> OtherQuestions { get; init; }

    /// <summary>Number words and their digits, so that "dos reparaciones" says back "2 reparaciones".</summary>
    public required IReadOnlyDictionary<string, string> Numbers { get; init; }

    /// <summary>One rule per step.</summary>
    public required IReadOnlyList<StepRule> Steps { get; init; }
}

/// <summary>Recognises which of the seven steps (A10) an agent's message does, in the agent's words, not ours.</summary>
/// <remarks>
/// Thank, explain and follow up are phrases. <c>listen</c> is also an open question about the customer's matter; <c>repeat</c> is also
/// saying back the customer's own facts; <c>calm</c> is answering an upset customer without a finding that heats; <c>sincere</c> does
/// not count beside words that the draft rules warn about. Deterministic and safe for concurrent use.
/// </remarks>
public sealed class StepRecognizer
{
    // Findings that show a raised or cold voice.
    private static readonly HashSet<string> Heating = new(StringComparer.Ordinal)
    {
        "hostile-tone", "personal-attack", "shouting", "blame", "calm-down", "dismissive", "condescension", "defensive-justification", "pushing-ahead",
    };

    // Saying back: this many of the customer's own content words or numbers in one sentence, compared by their beginnings.
    private const int WordsThatSayBack = 2;
    private const int ShortestContentWord = 4;
    private const int LettersCompared = 5;
    private const int TurnsToSayBack = 4;

    // An acknowledgement stands at the beginning; further on, a sentence has to tell of the customer in so many words.
    private const int SentencesThatAcknowledge = 2;
    private const double UpsetTension = 0.35;

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
        else if (customer.Length > 0 && (customer[^1].Score?.Level >= FrustrationLevel.Frustrated || conversation.Tension.Value >= UpsetTension))
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

    // Words that everybody uses and that therefore say nothing back.
    private static readonly HashSet<string> EmptyWords = new(StringComparer.Ordinal)
    {
        "about", "after", "again", "because", "before", "could", "every", "hello", "other", "please", "right", "should", "still", "thank", "thanks", "their",
        "there", "these", "thing", "think", "those", "today", "where", "which", "while", "would", "yours", "being", "never", "really", "since", "until",
        "ahora", "antes", "aunque", "buenas", "buenos", "cuando", "donde", "desde", "entonces", "estas", "estos", "estoy", "favor", "gracias", "hasta",
        "luego", "mucho", "muchas", "nuestra", "nuestro", "porque", "puede", "pueden", "puedo", "quiero", "siempre", "sobre", "tambien", "tengo", "tiene",
        "tienen", "todavia", "ustedes", "usted", "alguien", "nadie", "para", "pero", "como", "esto", "esta", "este", "esos", "esas", "todo", "toda", "hola", "dias",
        "algo", "cada", "cual", "hace", "hacer", "hoy", "solo", "vale", "bien", "bueno", "aqui", "tener", "puedes", "quiere", "sido", "unos", "unas", "entre",
        "that", "this", "with", "have", "from", "your", "will", "just", "what", "when", "they", "them", "then", "than", "been", "were", "very", "some", "more",
        "only", "also", "into", "here", "know", "like", "want", "need", "does", "done", "good", "sure", "okay", "yeah", "well", "much", "make", "take", "back", "sorry",
    };

    private sealed class Compiled
    {
        private const int TellsOfCustomer = 0;
        private const int Instructs = 1;
        private const int OpenQuestion = 2;
        private const int OtherQuestion = 3;
        private const int FirstStep = 4;

        private readonly StepRules _rules;
        private readonly PhraseAutomaton _automaton;
        private readonly Dictionary<string, string> _numbers;

        public Compiled(StepRules rules)
        {
            ArgumentNullException.ThrowIfNull(rules);
            _rules = rules;
            var builder = new PhraseAutomaton.Builder();
            foreach (var (name, entries) in rules.Lists)
            {
                builder.AddLexicon(name, entries);
            }

            AddAll(builder, TellsOfCustomer, rules.TellsOfCustomer);
            AddAll(builder, Instructs, rules.Instructs);
            AddAll(builder, OpenQuestion, rules.OpenQuestions);
            AddAll(builder, OtherQuestion, rules.OtherQuestions);
            _numbers = rules.Numbers.ToDictionary(n => MessageReading.FormOf(n.Key), n => n.Value, StringComparer.Ordinal);

            for (var i = 0; i < rules.Steps.Count; i++)
            {
                AddAll(builder, FirstStep + (i * 2), rules.Steps[i].Phrases);
                AddAll(builder, FirstStep + (i * 2) + 1, rules.Steps[i].Unless);
            }

            _automaton = builder.Build();
        }

        private static void AddAll(PhraseAutomaton.Builder builder, int number, IReadOnlyList<string> phrases)
        {
            foreach (var phrase in phrases)
            {
                builder.AddPhrase(number, phrase);
            }
        }

        public string Hint(ConversationStep step) => _rules.Steps.First(s => s.Step == step).Next;

        // The customer's own facts, in a sentence that acknowledges; naming the facts in an instruction is not saying them back.
        public bool SaysBack(Turn[] customer, MessageReading agent)
        {
            if (customer.Length == 0)
            {
                return false;
            }

            var matches = _automaton.Find(agent);
            var theirs = customer.TakeLast(TurnsToSayBack)
                .SelectMany(t => MessageReading.Of(t.Text).Words)
                .Select(FactOf)
                .OfType<string>()
                .ToHashSet(StringComparer.Ordinal);
            for (var sentence = 0; sentence < agent.SentenceCount; sentence++)
            {
                if ((sentence >= SentencesThatAcknowledge && !Stands(matches, agent, TellsOfCustomer, sentence)) || Stands(matches, agent, Instructs, sentence))
                {
                    continue;
                }

                var (first, end) = agent.WordsOfSentence(sentence);
                var said = agent.Words.Skip(first).Take(end - first).Select(FactOf).OfType<string>().Distinct(StringComparer.Ordinal).Count(theirs.Contains);
                if (said >= WordsThatSayBack)
                {
                    return true;
                }
            }

            return false;
        }

        private static bool Stands(IReadOnlyList<PhraseMatch> matches, MessageReading reading, int phrase, int sentence) =>
            matches.Any(m => m.Phrase == phrase && reading.Words[m.FirstWord].Sentence == sentence);

        // What a word contributes to a fact: digits, or the beginning of a content word, so that endings may differ.
        private string? FactOf(Word word)
        {
            if (word.Kind == WordKind.Number)
            {
                return word.Form;
            }

            if (word.Kind != WordKind.Letters)
            {
                return null;
            }

            if (_numbers.TryGetValue(word.Form, out var digits))
            {
                return digits;
            }

            return word.Form.Length < ShortestContentWord || EmptyWords.Contains(word.Form) ? null
                : word.Form[..Math.Min(LettersCompared, word.Form.Length)];
        }

        public void Collect(MessageReading reading, HashSet<ConversationStep> steps)
        {
            var matches = _automaton.Find(reading);
            for (var sentence = 0; sentence < reading.SentenceCount; sentence++)
            {
                if (reading.AsksQuestion[sentence] && Stands(matches, reading, OpenQuestion, sentence) && !Stands(matches, reading, OtherQuestion, sentence))
                {
                    steps.Add(ConversationStep.Listen);
                }
            }

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
