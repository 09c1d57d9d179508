using System.Globalization;
using System.Security.Claims;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Pages;

namespace DeEscalationBot.Host.Access;

/// <summary>Which kind of caller it is.</summary>
public enum CallerKind
{
    /// <summary>Nobody that is known.</summary>
    Nobody,

    /// <summary>The person at this machine, in local mode: everybody at once.</summary>
    Local,

    /// <summary>A person who signed in.</summary>
    Person,

    /// <summary>A program, by its key.</summary>
    Key,

    /// <summary>An agent in the sidebar of a desk, by a token that the desk's server asked for.</summary>
    Sidebar,
}

/// <summary>A conversation that a desk's sidebar holds, and until when: each has a token of its own.</summary>
/// <param name="Id">The conversation.</param>
/// <param name="Until">When it ends.</param>
public sealed record HeldConversation(string Id, DateTimeOffset Until);

/// <summary>Who calls, and what they may see. The only form in which the product knows it: claims, keys and tokens are read into it.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="Id">Who, as the record names them: an agent's id is the one that the desk gives with messages. Empty for nobody.</param>
/// <param name="Name">Their name, for people.</param>
/// <param name="Roles">The roles of a person.</param>
/// <param name="Teams">The teams of a person, or those that a key is kept to (none: all teams).</param>
/// <param name="Scopes">What a key is for: ids of <see cref="AccessRule"/>.</param>
/// <param name="Conversations">The conversations of a sidebar.</param>
/// <param name="Until">When it ends; nothing when it does not.</param>
public sealed record Caller(
    CallerKind Kind,
    string Id,
    string Name,
    IReadOnlyList<CoachRole> Roles,
    IReadOnlyList<string> Teams,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<HeldConversation> Conversations,
    DateTimeOffset? Until)
{
    private const string KindClaim = "coach/kind";
    private const string IdClaim = "coach/id";
    private const string NameClaim = "coach/name";
    private const string RoleClaim = "coach/role";
    private const string TeamClaim = "coach/team";
    private const string ScopeClaim = "coach/scope";
    private const string ConversationClaim = "coach/conversation";
    private const string UntilClaim = "coach/until";
    private const string CredentialClaim = "coach/credential";

    /// <summary>Nobody.</summary>
    public static Caller Nobody { get; } = new(CallerKind.Nobody, "", "", [], [], [], [], null);

    /// <summary>The person at this machine, in local mode.</summary>
    public static Caller Local { get; } = new(CallerKind.Local, ConversationEndpoints.LocalActor, LocalPeople.Agent, [], [], [], [], null);

    /// <summary>By which session or key they came in: a name for it, which opens nothing. Empty where there is none.</summary>
    public string Credential { get; init; } = "";

    /// <summary>Whether it is somebody who acts under their own name: a person or an agent in a sidebar.</summary>
    public bool IsPerson => Kind is CallerKind.Person or CallerKind.Sidebar;

    /// <summary>Who they are as an agent: in local mode the example agent.</summary>
    public string AgentId => Kind == CallerKind.Local ? LocalPeople.Agent : Id;

    /// <summary>Which conversations they see.</summary>
    public ConversationSight Sight => Kind switch
    {
        CallerKind.Local => ConversationSight.Everything,
        CallerKind.Key => Teams.Count == 0 ? ConversationSight.Everything : new ConversationSight(false, Teams, null, []),
        CallerKind.Sidebar => new ConversationSight(false, [], null, [.. Conversations.Select(c => c.Id)]),
        CallerKind.Person => Roles.Contains(CoachRole.DecisionMaker)
            ? ConversationSight.Everything
            : new ConversationSight(false, Roles.Contains(CoachRole.Supervisor) ? Teams : [], Roles.Contains(CoachRole.Agent) ? Id : null, []),
        _ => ConversationSight.Nothing,
    };

    /// <summary>Whether they may ask for the figures of one person: for their own alone.</summary>
    /// <param name="person">Whose figures.</param>
    public bool MayAskAbout(string person) => Kind switch
    {
        CallerKind.Local => LocalPeople.MaySee(person),
        CallerKind.Person or CallerKind.Sidebar => string.Equals(person, Id, StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>Whether they see figures of more than themselves.</summary>
    public bool SeesTheDesk => Kind is CallerKind.Local or CallerKind.Key || (Kind == CallerKind.Person && Roles.Any(r => r is CoachRole.Supervisor or CoachRole.DecisionMaker));

    /// <summary>Under which name something is recorded that they do: people act under their own, programs name somebody or themselves.</summary>
    /// <param name="named">Whom the call names.</param>
    public string ActsAs(string named) => Kind switch
    {
        CallerKind.Person or CallerKind.Sidebar => Id,
        CallerKind.Key when named == ConversationEndpoints.LocalActor => Id,
        _ => named,
    };

    /// <summary>The caller behind a principal; nobody when it is none of ours or its time is over.</summary>
    /// <param name="user">The principal, or nothing.</param>
    /// <param name="now">The product's clock.</param>
    public static Caller Of(ClaimsPrincipal? user, DateTimeOffset now)
    {
        if (user?.Identities.FirstOrDefault(i => i.IsAuthenticated && i.HasClaim(c => c.Type == KindClaim)) is not { } identity
            || !Enum.TryParse<CallerKind>(identity.FindFirst(KindClaim)!.Value, out var kind))
        {
            return Nobody;
        }

        DateTimeOffset? until = long.TryParse(identity.FindFirst(UntilClaim)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        return until <= now
            ? Nobody
            : new Caller(
                kind, identity.FindFirst(IdClaim)?.Value ?? "", identity.FindFirst(NameClaim)?.Value ?? "",
                [.. All(RoleClaim).Select(r => Enum.TryParse<CoachRole>(r, out var role) ? role : (CoachRole?)null).OfType<CoachRole>()],
                [.. All(TeamClaim)], [.. All(ScopeClaim)], [.. All(ConversationClaim).Select(HeldOf).OfType<HeldConversation>().Where(c => c.Until > now)], until)
            {
                Credential = identity.FindFirst(CredentialClaim)?.Value ?? "",
            };

        IEnumerable<string> All(string type) => identity.FindAll(type).Select(c => c.Value);
    }

    /// <summary>The caller as the framework carries it: with these claims and no others.</summary>
    /// <param name="scheme">By which way they came in.</param>
    public ClaimsPrincipal ToPrincipal(string scheme)
    {
        var identity = new ClaimsIdentity(
            [new(KindClaim, Kind.ToString()), new(IdClaim, Id), new(NameClaim, Name)], scheme, NameClaim, RoleClaim);
        identity.AddClaims(Roles.Select(r => new Claim(RoleClaim, r.ToString())));
        identity.AddClaims(Teams.Select(t => new Claim(TeamClaim, t)));
        identity.AddClaims(Scopes.Select(s => new Claim(ScopeClaim, s)));
        identity.AddClaims(Conversations.Select(c => new Claim(ConversationClaim, string.Create(CultureInfo.InvariantCulture, $"{c.Until.ToUnixTimeSeconds()} {c.Id}"))));
        if (Credential.Length > 0)
        {
            identity.AddClaim(new Claim(CredentialClaim, Credential));
        }

        if (Until is { } until)
        {
            identity.AddClaim(new Claim(UntilClaim, until.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        }

        return new ClaimsPrincipal(identity);
    }

    /// <summary>Whether a conversation is one of their sidebar's.</summary>
    /// <param name="conversation">The conversation.</param>
    public bool Holds(ConversationId conversation) => Conversations.Any(c => c.Id == conversation.Value);

    private static HeldConversation? HeldOf(string claim) =>
        claim.Split(' ', 2) is [var seconds, { Length: > 0 } id] && long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var until)
            ? new HeldConversation(id, DateTimeOffset.FromUnixTimeSeconds(until))
            : null;
}
