using System.Security.Claims;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Conversations;

namespace DeEscalationBot.Host.Access.SignIn;

/// <summary>Makes a person of what a provider says of them. What is not needed is left out.</summary>
public static class PersonClaims
{
    private const int LongestId = 200;

    /// <summary>The person; nothing when the provider does not say who they are.</summary>
    /// <param name="user">What the provider says.</param>
    /// <param name="options">The settings.</param>
    /// <param name="now">The product's clock.</param>
    public static Caller? Read(ClaimsPrincipal user, SignInOptions options, DateTimeOffset now)
    {
        if (user.FindFirst(options.Claims.Id)?.Value is not { } id || !IdentifierRules.IsLegal(id, LongestId))
        {
            return null;
        }

        string[] groups = [.. Values(options.Claims.Groups)];
        var roles = Values(options.Claims.Roles).Concat(groups).Select(value => RoleOf(value, options)).OfType<CoachRole>().Distinct();
        var teams = Values(options.Claims.Teams).Concat(groups.Select(g => Find(options.Teams, g)).OfType<string>()).Where(ConversationTeams.IsLegal).Distinct(StringComparer.Ordinal);

        // A desk without teams is one team.
        string[] mine = teams.ToArray() is { Length: > 0 } named ? named : [ConversationTeams.Default];
        var name = user.FindFirst(options.Claims.Name)?.Value is { Length: > 0 } given ? given : id;
        return new Caller(CallerKind.Person, id, name, [.. roles.Order()], mine, [], [], now + options.Session) { Credential = Guid.NewGuid().ToString("N") };

        IEnumerable<string> Values(string type) => user.FindAll(type).Select(c => c.Value);
    }

    private static CoachRole? RoleOf(string value, SignInOptions options)
    {
        var word = options.Roles.Count == 0 ? value : Find(options.Roles, value);

        return CoachRoles.Find(word);
    }

    // Keys of settings are the same in capitals.
    private static string? Find(Dictionary<string, string> map, string key) => map.FirstOrDefault(e => e.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Value;
}
