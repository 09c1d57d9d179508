namespace DeEscalationBot.Host.Conversations;

/// <summary>Which conversations somebody sees: all, or those that one of the others names.</summary>
/// <param name="All">Whether it is all.</param>
/// <param name="Teams">Those of these teams.</param>
/// <param name="Agent">Those of this agent, or of none.</param>
/// <param name="Conversations">These.</param>
public sealed record ConversationSight(bool All, IReadOnlyList<string> Teams, string? Agent, IReadOnlyList<string> Conversations)
{
    /// <summary>Every conversation.</summary>
    public static ConversationSight Everything { get; } = new(true, [], null, []);

    /// <summary>None.</summary>
    public static ConversationSight Nothing { get; } = new(false, [], null, []);
}
