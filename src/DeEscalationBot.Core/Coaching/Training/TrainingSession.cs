using System.Collections.Immutable;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Coaching.Training;

/// <summary>How a conversation of the training room ended.</summary>
public enum TrainingEnding
{
    /// <summary>It goes on.</summary>
    None,

    /// <summary>The customer stays, with a way on.</summary>
    Reconciled,

    /// <summary>The customer leaves and says thanks.</summary>
    LeftWell,

    /// <summary>The relationship was ended with a clear, personal message.</summary>
    Dismissed,

    /// <summary>The agent passed the conversation to a manager.</summary>
    HandedOver,

    /// <summary>The customer had enough.</summary>
    WalkedOut,

    /// <summary>Neither side found an end in <see cref="TrainingRoom.MostAnswers"/> answers.</summary>
    OutOfTime,

    /// <summary>The trainee stopped.</summary>
    Stopped,
}

/// <summary>One answer of the trainee and what it did.</summary>
/// <param name="TurnIndex">Its turn in the conversation, or nothing for silence.</param>
/// <param name="Text">What was written; empty for silence.</param>
/// <param name="Before">The customer's heat before it.</param>
/// <param name="After">The customer's heat after it.</param>
/// <param name="Steps">The steps (A10) that it did for the first time.</param>
/// <param name="Findings">What the draft rules found in it; in a goodbye, by the rules for goodbyes.</param>
/// <param name="Rewrite">The same message mended by the draft review, or nothing.</param>
/// <param name="Offers">What it offered, by id.</param>
/// <param name="Suggestion">What the coach would have proposed at that moment, or nothing.</param>
public sealed record TrainingMoment(
    int? TurnIndex,
    string Text,
    Probability Before,
    Probability After,
    IReadOnlyList<ConversationStep> Steps,
    IReadOnlyList<DraftFinding> Findings,
    string? Rewrite,
    IReadOnlyList<string> Offers,
    Suggestion? Suggestion)
{
    /// <summary>Whether it calmed the customer.</summary>
    public bool Calmed => After < Before;

    /// <summary>Whether it heated the customer.</summary>
    public bool Heated => After > Before;
}

/// <summary>A conversation with a simulated customer as it stands. Immutable; <see cref="TrainingRoom"/> takes it on.</summary>
/// <remarks>Nothing of it is recorded: a session lives as long as the page or the terminal that holds it.</remarks>
public sealed record TrainingSession
{
    internal TrainingSession(TrainingSituation situation, MessageLanguage language, int seed, Conversation conversation)
    {
        Situation = situation;
        Language = language;
        Seed = seed;
        Conversation = conversation;
        Heat = Probability.Clamp(situation.Temper.Starts);
    }

    /// <summary>The situation.</summary>
    public TrainingSituation Situation { get; }

    /// <summary>The customer's language.</summary>
    public MessageLanguage Language { get; }

    /// <summary>What the customer's choice of words follows from, besides what the trainee writes.</summary>
    public int Seed { get; }

    /// <summary>The conversation as the production pipeline sees it: levels, tension, suggestions, steps, findings.</summary>
    public Conversation Conversation { get; internal init; }

    /// <summary>How hot the customer is, 0 to 1. What they show is scored separately: <see cref="Conversations.Conversation.Tension"/>.</summary>
    public Probability Heat { get; internal init; }

    /// <summary>The trainee's answers so far.</summary>
    public ImmutableList<TrainingMoment> Moments { get; internal init; } = [];

    /// <summary>How it ended, or <see cref="TrainingEnding.None"/>.</summary>
    public TrainingEnding Ending { get; internal init; }

    /// <summary>Whether it is over.</summary>
    public bool IsOver => Ending != TrainingEnding.None;

    internal ImmutableHashSet<string> Told { get; init; } = [];

    internal ImmutableHashSet<string> Said { get; init; } = [];

    internal bool IsOffered { get; init; }

    internal int TimesBoiling { get; init; }

    internal int Farewells { get; init; }
}
