using System.Globalization;
using Bunit;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.Writing;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Cases;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Pages;
using DeEscalationBot.Plugin.Playbook;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.FluentUI.AspNetCore.Components;

namespace DeEscalationBot.Host.Tests.Pages;

/// <summary>Renders components with the services of the pages, a desk in memory and a clock that stands still; in English unless told otherwise.</summary>
public abstract class PageContext : BunitContext
{
    // Read once: it explains proposals, and these are the tests' own.
    private static readonly Lazy<TechniqueCoach> Coach = new(() => PlaybookCoaching.ReadCoach(PlaybookFiles.BesideProgram(), PlaybookParaphrase.ReadEngine(PlaybookFiles.BesideProgram()), AddressForm.Usted));

    // A busy machine takes its time; a wait that succeeds ends at once.
    static PageContext() => DefaultWaitTimeout = TimeSpan.FromSeconds(30);

    protected PageContext(string language = "en")
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLogging();
        Services.AddLocalization();
        Services.AddFluentUIComponents();
        Services.AddOptions<PagesOptions>();
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddScoped<PageZone>();
        Services.AddSingleton<IConversationDesk>(Desk);
        Services.AddSingleton<IDutyRota>(Rota);
        Services.AddSingleton(Desk.Allowance);
        Services.AddSingleton<IUtteranceScorer>(Scorer);
        Services.AddSingleton<ICoachWriter>(Writer);
        Services.AddSingleton<IExitConversations>(Talks);
        Services.AddHttpContextAccessor();
        Services.AddScoped<CurrentCaller>();
        Services.AddSingleton(PlaybookCoaching.ReadChecklists(PlaybookFiles.BesideProgram()));
        Services.AddSingleton(Coach.Value);
        Services.AddSingleton(PlaybookLetters.ReadNotes(PlaybookFiles.BesideProgram()));
    }

    internal InMemoryDesk Desk { get; } = new();

    internal FixedRota Rota { get; } = new();

    internal ExplainingScorer Scorer { get; } = new();

    internal StepwiseWriter Writer { get; } = new();

    internal FixedTalks Talks { get; } = new();

    protected FakeTimeProvider Clock { get; } = new(Samples.Morning);
}

/// <summary>A rota that says of every rung what a test wants; at first, that it names nobody.</summary>
internal sealed class FixedRota : IDutyRota
{
    public IReadOnlyList<string>? People { get; set; }

    public IReadOnlyList<string>? OnDuty(int rung, DateTimeOffset at) => People;
}

/// <summary>Customers who are leaving, as a test wants them; at first, nobody.</summary>
internal sealed class FixedTalks : IExitConversations
{
    public Dictionary<string, string> Departures { get; } = new(StringComparer.Ordinal);

    public Task<string?> FindAsync(string customerId, CancellationToken cancellationToken = default) => Task.FromResult(Departures.GetValueOrDefault(customerId));
}
