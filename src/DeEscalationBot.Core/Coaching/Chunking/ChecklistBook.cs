namespace DeEscalationBot.Core.Coaching.Chunking;

/// <summary>A kind of problem, and the small steps that it falls into.</summary>
public sealed class ProblemTopic
{
    /// <summary>Names the topic.</summary>
    public required string Id { get; init; }

    /// <summary>Phrases by which a customer tells of it; see <see cref="Scoring.Text.PhraseAutomaton"/>.</summary>
    public required IReadOnlyList<string> Phrases { get; init; }

    /// <summary>
    /// The steps, most needed first. <c>{reference}</c> stands for the customer's order, contract or booking with its number, in brackets after a
    /// space, and is left out where none was given.
    /// </summary>
    public required IReadOnlyList<string> Steps { get; init; }
}

/// <summary>What checklists are proposed from (A5): <c>checklist.yaml</c> of each language.</summary>
public sealed class ChecklistBook
{
    /// <summary>Phrases that end in the number of an order, contract, booking or invoice.</summary>
    public required IReadOnlyList<string> References { get; init; }

    /// <summary>The first step when there are several problems.</summary>
    public required string First { get; init; }

    /// <summary>The last step of every list.</summary>
    public required string Last { get; init; }

    /// <summary>The steps for a problem that no topic knows.</summary>
    public required IReadOnlyList<string> General { get; init; }

    /// <summary>What introduces the list in a message to the customer.</summary>
    public required string Introduction { get; init; }

    /// <summary>What marks a step as done in a message to the customer.</summary>
    public required string Done { get; init; }

    /// <summary>The topics.</summary>
    public required IReadOnlyList<ProblemTopic> Topics { get; init; }
}
