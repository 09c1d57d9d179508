using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Host.Conversations;

/// <summary>The teams that conversations belong to.</summary>
public static class ConversationTeams
{
    /// <summary>The team of a conversation for which none was named: <c>default</c>.</summary>
    public const string Default = "default";

    /// <summary>The longest name of a team, in characters: 100.</summary>
    public const int MaxLength = 100;

    /// <summary>Whether a name can be a team's.</summary>
    /// <param name="team">The name.</param>
    public static bool IsLegal(string team) => IdentifierRules.IsLegal(team, MaxLength);

    /// <summary>What is said of a list of teams in the settings that has one which is none.</summary>
    /// <param name="setting">The setting that has the list.</param>
    public static string Complaint(string setting) => FormattableString.Invariant($"{setting}:Teams may hold names of teams, of 1 to {MaxLength} characters each. Leave it out for all teams.");
}
