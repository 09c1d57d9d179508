using Microsoft.AspNetCore.Authorization;

namespace DeEscalationBot.Host.Access;

/// <summary>Who may do something. Every address and page names one of these, or says that it has a door of its own; what names none is closed.</summary>
/// <remarks>The person at this machine, in local mode, may do everything.</remarks>
public sealed class AccessRule : IAuthorizationRequirement
{
    private const CoachRole Agent = CoachRole.Agent;
    private const CoachRole Supervisor = CoachRole.Supervisor;
    private const CoachRole DecisionMaker = CoachRole.DecisionMaker;
    private const CoachRole Administrator = CoachRole.Administrator;

    /// <summary>Sends messages in: a desk's server.</summary>
    public const string WriteTurns = "turns:write";

    /// <summary>Reads conversations, their alerts, follow-ups and live events.</summary>
    public const string ReadConversations = "conversations:read";

    /// <summary>Works in a conversation: asks for help, promises, gives, has texts written.</summary>
    public const string WorkConversations = "conversations:write";

    /// <summary>Answers alerts.</summary>
    public const string HandleAlerts = "alerts:write";

    /// <summary>Reads reports; an agent their own.</summary>
    public const string ReadReports = "reports:read";

    /// <summary>Has texts scored and reviewed outside any conversation; nothing is recorded.</summary>
    public const string UseTexts = "texts:use";

    /// <summary>Gets tokens for the sidebars of agents: a desk's server.</summary>
    public const string IssueSidebars = "sidebar:issue";

    /// <summary>Reads the metrics.</summary>
    public const string ReadMetrics = "metrics:read";

    /// <summary>Keeps the product running: keys, deliveries, tests of sinks.</summary>
    public const string Administer = "admin";

    /// <summary>Has what is kept of a customer exported and erased.</summary>
    public const string ServeSubjects = "subjects:write";

    /// <summary>Says who is on duty when.</summary>
    public const string PlanDuty = "duty:write";

    /// <summary>Reads customers, their cases and the reports of both.</summary>
    public const string ReadCases = "cases:read";

    /// <summary>Runs cases; who may do which step the rules of the case say.</summary>
    public const string WorkCases = "cases:write";

    /// <summary>Enters and imports customers.</summary>
    public const string WriteCustomers = "customers:write";

    /// <summary>Comments on a case when asked: people alone.</summary>
    public const string CommentCases = "cases:comment";

    /// <summary>Reads what the API is like.</summary>
    public const string ReadDescription = "description:read";

    /// <summary>Opens pages at all.</summary>
    public const string OpenPages = "pages:open";

    /// <summary>Works in the sidebar.</summary>
    public const string UseSidebar = "sidebar:use";

    /// <summary>Works in the supervisors' console.</summary>
    public const string UseConsole = "console:use";

    /// <summary>Sees who is on duty and what became of alerts.</summary>
    public const string SeeAlertDelivery = "delivery:see";

    /// <summary>Plays through example conversations, which are recorded: in local mode only.</summary>
    public const string TryOut = "demo:use";

    private AccessRule(string id, CoachRole[] roles, bool forKeys = false, bool forSidebars = false, bool anyKey = false)
    {
        Id = id;
        Roles = roles;
        IsScope = forKeys;
        IsForSidebars = forSidebars;
        IsForAnyKey = anyKey;
    }

    /// <summary>All rules.</summary>
    public static IReadOnlyList<AccessRule> All { get; } =
    [
        new(WriteTurns, [], forKeys: true),
        new(ReadConversations, [Agent, Supervisor, DecisionMaker], forKeys: true, forSidebars: true),
        new(WorkConversations, [Agent, Supervisor], forKeys: true, forSidebars: true),
        new(HandleAlerts, [Supervisor], forKeys: true),
        new(ReadReports, [Agent, Supervisor, DecisionMaker], forKeys: true),
        new(UseTexts, [Agent, Supervisor], forKeys: true),
        new(IssueSidebars, [], forKeys: true),
        new(ReadMetrics, [Administrator], forKeys: true),
        new(Administer, [Administrator], forKeys: true),
        new(ServeSubjects, [Administrator], forKeys: true),
        new(PlanDuty, [Supervisor, Administrator], forKeys: true),
        new(ReadCases, [Supervisor, DecisionMaker], forKeys: true),
        new(WorkCases, [Supervisor, DecisionMaker], forKeys: true),
        new(WriteCustomers, [Supervisor, DecisionMaker], forKeys: true),
        new(CommentCases, [Agent, Supervisor, DecisionMaker]),
        new(ReadDescription, [Agent, Supervisor, DecisionMaker, Administrator], anyKey: true),
        new(OpenPages, [Agent, Supervisor, DecisionMaker, Administrator], forSidebars: true),
        new(UseSidebar, [Agent, Supervisor], forSidebars: true),
        new(UseConsole, [Supervisor]),
        new(SeeAlertDelivery, [Supervisor, Administrator]),
        new(TryOut, []),
    ];

    /// <summary>What a key can be for.</summary>
    public static IReadOnlyList<string> Scopes { get; } = [.. All.Where(r => r.IsScope).Select(r => r.Id)];

    /// <summary>Its name: that of the policy, and of the scope of a key where it is one.</summary>
    public string Id { get; }

    /// <summary>The roles of which one will do.</summary>
    public IReadOnlyList<CoachRole> Roles { get; }

    /// <summary>Whether keys may have it as a scope.</summary>
    public bool IsScope { get; }

    /// <summary>Whether an agent in a desk's sidebar may.</summary>
    public bool IsForSidebars { get; }

    /// <summary>Whether every key may, whatever its scopes.</summary>
    public bool IsForAnyKey { get; }

    /// <summary>The rule with a name.</summary>
    /// <param name="id">Its name.</param>
    public static AccessRule Of(string id) => All.First(r => r.Id == id);

    /// <summary>Whether somebody may.</summary>
    /// <param name="caller">Who.</param>
    public bool Allows(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Kind switch
        {
            CallerKind.Local => true,
            CallerKind.Person => caller.Roles.Any(Roles.Contains),
            CallerKind.Key => IsForAnyKey || (IsScope && caller.Scopes.Contains(Id, StringComparer.Ordinal)),
            CallerKind.Sidebar => IsForSidebars,
            _ => false,
        };
    }
}

/// <summary>Holds requests to the rules.</summary>
/// <param name="clock">The product's clock.</param>
internal sealed class AccessRuleHandler(TimeProvider clock) : AuthorizationHandler<AccessRule>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AccessRule requirement)
    {
        if (requirement.Allows(Caller.Of(context.User, clock.GetUtcNow())))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
