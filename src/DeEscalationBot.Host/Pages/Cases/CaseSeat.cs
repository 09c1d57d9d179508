using DeEscalationBot.Core.Cases;

namespace DeEscalationBot.Host.Pages.Cases;

/// <summary>As whom the person at this machine acts in local mode, where one is everybody. Elsewhere people act as themselves, and this counts for nothing.</summary>
/// <remarks>One circuit's.</remarks>
public sealed class CaseSeat
{
    /// <summary>The example people of cases: who runs, who decides, who answers customers.</summary>
    public static IReadOnlyList<CaseActor> People { get; } =
    [
        new(LocalPeople.Supervisors[0], CaseRole.Supervisor),
        new("Clara Montes", CaseRole.Manager),
        new("Hugo Iriarte", CaseRole.Manager),
        new("Vera Lindqvist", CaseRole.Executive),
        new(LocalPeople.Supervisors[1], CaseRole.Supervisor),
        new(LocalPeople.Agent, CaseRole.Agent),
    ];

    /// <summary>Who.</summary>
    public CaseActor Now { get; set; } = People[0];
}
