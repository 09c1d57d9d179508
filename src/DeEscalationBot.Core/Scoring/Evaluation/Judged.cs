namespace DeEscalationBot.Core.Scoring.Evaluation;

/// <summary>One judged message beside what a person said of it.</summary>
/// <param name="Id">The message.</param>
/// <param name="Group">Messages that belong together, such as a scenario or a conversation: drawn together by <see cref="Metrics.Interval"/>.</param>
/// <param name="Truth">The level that a person gave, 0 to 4.</param>
/// <param name="Given">The level that was scored.</param>
/// <param name="Frustration">The chance that was scored, 0 to 1.</param>
public sealed record Judged(string Id, string Group, int Truth, int Given, double Frustration)
{
    /// <summary>Whether a person called it frustrated or worse.</summary>
    public bool IsFrustrated => Truth >= 2;
}
