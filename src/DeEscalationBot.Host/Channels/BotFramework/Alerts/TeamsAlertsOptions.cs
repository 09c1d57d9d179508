using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Conversations;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Channels.BotFramework.Alerts;

/// <summary>Where in Microsoft Teams alerts appear as cards, and who may act on them (section <c>TeamsAlerts</c>). Off by default.</summary>
public sealed class TeamsAlertsOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "TeamsAlerts";

    /// <summary>Whether alerts go to Teams: false.</summary>
    public bool Enabled { get; set; }

    /// <summary>Alerts below this urgency are not sent: <see cref="AlertUrgency.Supervisor"/>.</summary>
    public AlertUrgency MinUrgency { get; set; } = AlertUrgency.Supervisor;

    /// <summary>The teams of the desk whose alerts go to the places that supervisors choose in Teams; empty for all. Places of the settings have <see cref="TeamsPlaceOptions.Teams"/> of their own.</summary>
    public IList<string> Teams { get; } = [];

    /// <summary>The places that are always told. Supervisors may choose further ones in Teams ("alerts here").</summary>
    public IList<TeamsPlaceOptions> Places { get; } = [];

    /// <summary>Who may act on alerts, and ask for them somewhere. Empty: the persons of <see cref="Places"/> may act on what is sent to them, nobody acts in channels, and nobody asks for alerts elsewhere.</summary>
    public IList<TeamsSupervisorOptions> Supervisors { get; } = [];

    /// <summary>How long a delivery may take with all its places and retries: 20 seconds; 1 second to 1 minute, and shorter than <c>Outbox:Lease</c>.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Whether <see cref="Places"/> name a conversation, or the person whose it is.</summary>
    /// <param name="conversation">The conversation's id, without a thread.</param>
    /// <param name="directoryId">The id in the directory of the person whose chat it is; nothing for others.</param>
    public bool Names(string conversation, string? directoryId) => Places.Any(p =>
        (p.Channel.Length > 0 && p.Channel == conversation) || (p.Person.Length > 0 && p.Person.Equals(directoryId, StringComparison.OrdinalIgnoreCase)));
}

/// <summary>One place: a team's channel or a person.</summary>
public sealed class TeamsPlaceOptions
{
    /// <summary>Its name, stable: delivery ids are made of it. <c>teams-0</c>, by its number, when left out.</summary>
    public string Name { get; set; } = "";

    /// <summary>A channel's id in Teams, for instance <c>19:…@thread.tacv2</c>. This or <see cref="Person"/>.</summary>
    public string Channel { get; set; } = "";

    /// <summary>A person's id in the directory (a GUID), who has the app installed.</summary>
    public string Person { get; set; } = "";

    /// <summary>The language of its cards: <c>es</c> or <c>en</c>. Empty: that of the last who wrote to the bot there, else English.</summary>
    public string Language { get; set; } = "";

    /// <summary>The teams of the desk whose alerts go there; empty for all.</summary>
    public IList<string> Teams { get; } = [];
}

/// <summary>A supervisor.</summary>
public sealed class TeamsSupervisorOptions
{
    /// <summary>The person's id in the directory (a GUID).</summary>
    public string Id { get; set; } = "";

    /// <summary>What the record calls them, as the console does. Empty: their name in Teams.</summary>
    public string Name { get; set; } = "";
}

/// <summary>Checks the settings before the host starts.</summary>
internal sealed class TeamsAlertsOptionsCheck : IValidateOptions<TeamsAlertsOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private const int MaxName = 100;
    private const int MaxChannel = 200;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, TeamsAlertsOptions options)
    {
        var failures = new List<string>();
        void Must(bool holds, string sentence)
        {
            if (!holds)
            {
                failures.Add(sentence);
            }
        }

        Must(options.Enabled || (options.Places.Count == 0 && options.Supervisors.Count == 0), "TeamsAlerts:Enabled is false although places or supervisors are set. Set it to true, or remove them.");
        Must(Enum.IsDefined(options.MinUrgency), "TeamsAlerts:MinUrgency may be Advise, Supervisor or Immediate.");
        Must(options.Timeout >= Shortest && options.Timeout <= Longest, "TeamsAlerts:Timeout must lie between 00:00:01 and 00:01:00.");
        Must(options.Teams.All(ConversationTeams.IsLegal), ConversationTeams.Complaint(TeamsAlertsOptions.Section));
        for (var i = 0; i < options.Places.Count; i++)
        {
            var (place, setting) = (options.Places[i], $"TeamsAlerts:Places:{i}");
            Must((place.Channel.Length > 0) != (place.Person.Length > 0), $"{setting} needs either Channel or Person, and not both.");
            Must(
                place.Channel.Length == 0 || (place.Channel.StartsWith("19:", StringComparison.Ordinal) && IdentifierRules.IsLegal(place.Channel, MaxChannel) && !place.Channel.Contains(';', StringComparison.Ordinal)),
                $"{setting}:Channel is no channel's id. It is in the channel's link in Teams, between /channel/ and the next slash, and reads 19:…@thread.tacv2 when decoded.");
            Must(place.Person.Length == 0 || IsGuid(place.Person), $"{setting}:Person must be the person's id in the directory, a GUID.");
            Must(place.Language is "" or "es" or "en", $"{setting}:Language may be es, en, or empty.");
            Must(place.Teams.All(ConversationTeams.IsLegal), ConversationTeams.Complaint(setting));
            Must(place.Name.Length <= MaxName, $"{setting}:Name may have at most {MaxName} characters.");
        }

        for (var i = 0; i < options.Supervisors.Count; i++)
        {
            Must(IsGuid(options.Supervisors[i].Id), $"TeamsAlerts:Supervisors:{i}:Id must be the person's id in the directory, a GUID.");
            Must(
                options.Supervisors[i].Name.Length == 0 || IdentifierRules.IsLegal(options.Supervisors[i].Name, SettingsSupervisors.MaxName),
                $"TeamsAlerts:Supervisors:{i}:Name may have at most {SettingsSupervisors.MaxName} characters, and no control characters.");
        }

        foreach (var twice in AlertPlace.OfSettings(options).GroupBy(p => p.Sink, StringComparer.Ordinal).Where(g => g.Count() > 1 || g.Key == TeamsSink.ChosenName))
        {
            failures.Add($"A place of TeamsAlerts:Places is called '{twice.Key}', as another one is. Each needs a Name of its own.");
        }

        foreach (var twice in AlertPlace.OfSettings(options).GroupBy(p => p.Place.Key, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            failures.Add($"Two places of TeamsAlerts:Places are the same one ('{twice.Key}').");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static bool IsGuid(string text) => Guid.TryParseExact(text, "D", out _);
}
