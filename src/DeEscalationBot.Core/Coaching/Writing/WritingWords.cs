using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Coaching.Writing;

/// <summary>What the offline summary says, with slots in braces.</summary>
public sealed class SummaryWords
{
    /// <summary>How many messages: <c>{customer}</c>, <c>{agent}</c>.</summary>
    public required string Messages { get; init; }

    /// <summary>How it began: <c>{text}</c>.</summary>
    public required string First { get; init; }

    /// <summary>What the customer wrote last: <c>{text}</c>.</summary>
    public required string Last { get; init; }

    /// <summary>What they show: <c>{signals}</c>.</summary>
    public required string Shows { get; init; }

    /// <summary>What we wrote last: <c>{text}</c>.</summary>
    public required string Ours { get; init; }

    /// <summary>Nobody has written to them yet.</summary>
    public required string NothingOfOurs { get; init; }

    /// <summary>Their last message has no answer.</summary>
    public required string Unanswered { get; init; }

    /// <summary>What each signal is called. One that is left out is not told.</summary>
    public required IReadOnlyDictionary<SignalType, string> Signals { get; init; }
}

/// <summary>What the offline writer says in one language: <c>writing.yaml</c>.</summary>
public sealed class WritingWords
{
    /// <summary>The handover summary.</summary>
    public required SummaryWords Summary { get; init; }
}
