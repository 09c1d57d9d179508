using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Coaching.Training;

/// <summary>How a situation of the training room is meant to end when it is handled well.</summary>
public enum TrainingGoal
{
    /// <summary>The customer stays, with a way on that both agreed.</summary>
    Reconcile,

    /// <summary>The customer leaves, and leaves well (playbook E1, E2): nobody held them back.</summary>
    LeaveWell,

    /// <summary>Management has decided to end the relationship (B4); the agent says so with dignity (B7).</summary>
    Dismiss,
}

/// <summary>Lines for a customer who is calm enough, and for one who is not.</summary>
public sealed class TonedLines
{
    /// <summary>Below the middle of the heat.</summary>
    public required IReadOnlyList<string> Calm { get; init; }

    /// <summary>From the middle of the heat on.</summary>
    public required IReadOnlyList<string> Tense { get; init; }
}

/// <summary>Something that only this customer can tell.</summary>
public sealed class CustomerFact
{
    /// <summary>Names the fact within its situation.</summary>
    public required string Id { get; init; }

    /// <summary>Phrases with which an agent asks for it; see <see cref="Scoring.Text.PhraseAutomaton"/>. None for what is told unasked only.</summary>
    public IReadOnlyList<string> AskedBy { get; init; } = [];

    /// <summary>How the customer tells it.</summary>
    public required TonedLines Tells { get; init; }
}

/// <summary>Something that the agent may do in a situation, and what the customer says to it.</summary>
public sealed class CustomerOffer
{
    /// <summary>Names the offer within its situation.</summary>
    public required string Id { get; init; }

    /// <summary>Phrases by which it is recognised in the agent's words.</summary>
    public required IReadOnlyList<string> Phrases { get; init; }

    /// <summary>Whether it settles the matter for somebody who is calm enough to hear it. True by default.</summary>
    public bool Settles { get; init; } = true;

    /// <summary>What the customer says to it.</summary>
    public required TonedLines Answers { get; init; }
}

/// <summary>How quickly somebody heats up and calms down.</summary>
public sealed class CustomerTemper
{
    /// <summary>What the trainee is told of it, two to four words.</summary>
    public required string Name { get; init; }

    /// <summary>How hot they arrive, 0 to 1.</summary>
    public required double Starts { get; init; }

    /// <summary>How much a fault heats them: 1 is usual, 1.5 is quick. More than 0.</summary>
    public required double Rises { get; init; }

    /// <summary>How much a good move calms them: 1 is usual, 0.6 is slow. More than 0.</summary>
    public required double Calms { get; init; }
}

/// <summary>A situation to practise: who writes, what happened, what the agent may do. One file of <c>prompts/training/{language}</c>.</summary>
public sealed class TrainingSituation
{
    /// <summary>Names the situation; the same in both languages.</summary>
    public required string Id { get; init; }

    /// <summary>The line of business.</summary>
    public required string Industry { get; init; }

    /// <summary>What it is about, a few words.</summary>
    public required string Title { get; init; }

    /// <summary>The customer's name; invented.</summary>
    public required string Customer { get; init; }

    /// <summary>How it is meant to end.</summary>
    public required TrainingGoal Goal { get; init; }

    /// <summary>Their temper.</summary>
    public required CustomerTemper Temper { get; init; }

    /// <summary>What the agent is told beforehand.</summary>
    public required string Brief { get; init; }

    /// <summary>What the agent sees in the file.</summary>
    public required IReadOnlyList<string> Known { get; init; }

    /// <summary>What the agent may do.</summary>
    public required IReadOnlyList<string> Allowed { get; init; }

    /// <summary>First messages, of which one is chosen.</summary>
    public required IReadOnlyList<string> Openings { get; init; }

    /// <summary>What the customer can tell, in the order in which they tell it unasked.</summary>
    public required IReadOnlyList<CustomerFact> Facts { get; init; }

    /// <summary>What the agent may offer.</summary>
    public required IReadOnlyList<CustomerOffer> Offers { get; init; }

    /// <summary>What they insist on, by how hot they are.</summary>
    public required IReadOnlyDictionary<FrustrationLevel, IReadOnlyList<string>> Insists { get; init; }

    /// <summary>Last words when the goal is reached.</summary>
    public required IReadOnlyList<string> Closing { get; init; }
}

/// <summary>How customers react to what the production rules see in an agent's message: <c>reactions.yaml</c> of each language.</summary>
public sealed class CustomerReactions
{
    /// <summary>Phrases of a refusal, or of what the customer asked for: a sentence with one of them offers nothing.</summary>
    public required IReadOnlyList<string> Refusals { get; init; }

    /// <summary>Phrases by which an agent asks without a question mark ("tell me").</summary>
    public required IReadOnlyList<string> Requests { get; init; }

    /// <summary>Phrases by which an agent hands over to a manager.</summary>
    public required IReadOnlyList<string> Handover { get; init; }

    /// <summary>Phrases by which an agent ends the relationship.</summary>
    public required IReadOnlyList<string> Farewell { get; init; }

    /// <summary>By draft rule, as the contract names it. <c>{words}</c> stands for the agent's own words.</summary>
    public required IReadOnlyDictionary<string, TonedLines> Findings { get; init; }

    /// <summary>By step, when the agent does it for the first time.</summary>
    public required IReadOnlyDictionary<ConversationStep, TonedLines> Steps { get; init; }

    /// <summary>Before a fact that was told already.</summary>
    public required TonedLines Again { get; init; }

    /// <summary>To an open question when everything was told.</summary>
    public required TonedLines NothingMore { get; init; }

    /// <summary>To a message in which there was nothing for them.</summary>
    public required TonedLines Unheard { get; init; }

    /// <summary>To the same message for the second time.</summary>
    public required TonedLines Repeated { get; init; }

    /// <summary>To no answer at all.</summary>
    public required TonedLines Silence { get; init; }

    /// <summary>To a message in another language.</summary>
    public required TonedLines OtherLanguage { get; init; }

    /// <summary>To a goodbye that lacked something (B7).</summary>
    public required TonedLines BadFarewell { get; init; }

    /// <summary>Last words by ending, for endings that the situation has no words for.</summary>
    public required IReadOnlyDictionary<TrainingEnding, TonedLines> LastWords { get; init; }

    /// <summary>How the debrief begins, by ending: one or two sentences for the trainee.</summary>
    public required IReadOnlyDictionary<TrainingEnding, string> Debriefs { get; init; }
}
