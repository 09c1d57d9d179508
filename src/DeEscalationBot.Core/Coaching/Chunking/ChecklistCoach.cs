using System.Globalization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.Chunking;

/// <summary>Breaks what a customer told into small named steps (A5), which the agent then edits.</summary>
/// <remarks>
/// Finds what kinds of problem the customer's messages speak of, in the order in which they came up, and lists the steps of each:
/// all of them for one problem, the first ones when there are several. Deterministic and safe for concurrent use.
/// </remarks>
public sealed class ChecklistCoach
{
    /// <summary>The most steps of a proposal: 8.</summary>
    public const int MostSteps = 8;

    private const int StepsOfOneAmongSeveral = 2;
    private const int MostTopics = 3;

    private readonly Compiled _spanish;
    private readonly Compiled _english;

    /// <summary>Compiles the topics.</summary>
    /// <param name="spanish">Spanish.</param>
    /// <param name="english">English.</param>
    /// <exception cref="PhraseSyntaxException">A phrase cannot be understood.</exception>
    public ChecklistCoach(ChecklistBook spanish, ChecklistBook english)
    {
        _spanish = new Compiled(spanish);
        _english = new Compiled(english);
    }

    /// <summary>The steps that a conversation's problem falls into.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <returns>Two to <see cref="MostSteps"/> texts in the customer's language; none while the customer has written nothing.</returns>
    public IReadOnlyList<string> Propose(Conversation conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var texts = conversation.CustomerTurns.Select(t => t.Text).ToArray();
        return texts.Length == 0 ? [] : In(conversation).Propose(texts);
    }

    /// <summary>The list as a message that the agent can send, so that both walk through it.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <returns>Nothing when there is no list.</returns>
    public string? ForCustomer(Conversation conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        if (conversation.Checklist.IsEmpty)
        {
            return null;
        }

        var book = In(conversation).Book;
        var lines = conversation.Checklist.Select((item, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {item.Text}{(item.IsDone ? " " + book.Done : "")}"));
        return $"{book.Introduction}\n{string.Join('\n', lines)}";
    }

    private Compiled In(Conversation conversation) => conversation.Language == MessageLanguage.English ? _english : _spanish;

    private sealed class Compiled
    {
        private const int Reference = 0;
        private const int FirstTopic = 1;

        private readonly PhraseAutomaton _automaton;

        public Compiled(ChecklistBook book)
        {
            ArgumentNullException.ThrowIfNull(book);
            Book = book;
            var builder = new PhraseAutomaton.Builder();
            foreach (var phrase in book.References)
            {
                builder.AddPhrase(Reference, phrase);
            }

            for (var i = 0; i < book.Topics.Count; i++)
            {
                foreach (var phrase in book.Topics[i].Phrases)
                {
                    builder.AddPhrase(FirstTopic + i, phrase);
                }
            }

            _automaton = builder.Build();
        }

        public ChecklistBook Book { get; }

        public IReadOnlyList<string> Propose(IReadOnlyList<string> texts)
        {
            var topics = new List<ProblemTopic>();
            string? reference = null;
            foreach (var reading in texts.Select(MessageReading.Of))
            {
                foreach (var match in _automaton.Find(reading).OrderBy(m => m.FirstWord).ThenByDescending(m => m.LastWord))
                {
                    if (match.Phrase == Reference)
                    {
                        reference ??= ReferenceAt(reading, match);
                    }
                    else if (!topics.Contains(Book.Topics[match.Phrase - FirstTopic]))
                    {
                        topics.Add(Book.Topics[match.Phrase - FirstTopic]);
                    }
                }
            }

            var steps = topics.Count switch
            {
                0 => Book.General,
                1 => topics[0].Steps,
                _ => [Book.First, .. topics.Take(MostTopics).SelectMany(t => t.Steps.Take(StepsOfOneAmongSeveral))],
            };
            var replacement = reference is null ? "" : $" ({reference})";
            return [.. steps.Take(MostSteps - 1).Append(Book.Last).Select(s => s.Replace("{reference}", replacement, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];
        }

        // With its noun: a payment is not called by the number of an order.
        private static string? ReferenceAt(MessageReading reading, PhraseMatch match) =>
            reading.Words[match.LastWord].Kind == WordKind.Number ? reading.Text[reading.Words[match.FirstWord].Start..reading.Words[match.LastWord].End] : null;
    }
}
