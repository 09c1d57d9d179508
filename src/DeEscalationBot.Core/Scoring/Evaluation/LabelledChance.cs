namespace DeEscalationBot.Core.Scoring.Evaluation;

/// <summary>A chance that was given, beside what a person said. Where there is a level as well, use <see cref="Judged"/>.</summary>
/// <param name="Chance">The chance that was given, 0 to 1.</param>
/// <param name="IsPositive">Whether a person says that it holds.</param>
/// <param name="Group">Messages that belong together, such as a conversation: drawn together by <see cref="GroupBootstrap"/>.</param>
public readonly record struct LabelledChance(double Chance, bool IsPositive, string Group);
