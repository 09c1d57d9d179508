using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Access.SignIn;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Cards;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Channels.BotFramework.Alerts;

/// <summary>Says who in Teams is a supervisor. The seam for roles that come from elsewhere, such as the sign-in's.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public interface ISupervisorDirectory
{
    /// <summary>What the record calls a person who may act on an alert's card that was sent to where they are; nothing when they may not.</summary>
    /// <param name="person">The person, as an authenticated activity names them.</param>
    string? MayAct(ChannelAccount? person);

    /// <summary>Whether there is anybody who may choose places, and act on cards in channels and group chats.</summary>
    bool HasAnybody { get; }

    /// <summary>Whether a person may have alerts sent to where they are.</summary>
    /// <param name="person">The person, as an authenticated activity names them.</param>
    bool MayChoose(ChannelAccount? person);
}

/// <summary>The supervisors of the settings. Where none are named, the persons whom the settings have alerts sent to: who reads in a channel, no setting says.</summary>
/// <remarks>In local mode, where nobody signs in and only this machine is let in, everybody may do everything while none are named.</remarks>
/// <param name="alerts">Who they are.</param>
/// <param name="local">Whether it is local mode.</param>
public sealed class SettingsSupervisors(IOptions<TeamsAlertsOptions> alerts, LocalMode local) : ISupervisorDirectory
{
    /// <summary>The longest name of a person in the record: 200 UTF-16 units.</summary>
    public const int MaxName = 200;

    private const string Nameless = "teams";

    /// <inheritdoc/>
    public string? MayAct(ChannelAccount? person)
    {
        if (alerts.Value.Supervisors.Count == 0)
        {
            return local.IsOn || alerts.Value.Places.Any(p => Is(person, p.Person)) ? NameOf(person) : null;
        }

        return Find(person) is not { } known ? null : known.Name.Length > 0 ? known.Name : NameOf(person);
    }

    /// <inheritdoc/>
    public bool HasAnybody => local.IsOn || alerts.Value.Supervisors.Count > 0;

    /// <inheritdoc/>
    public bool MayChoose(ChannelAccount? person) => alerts.Value.Supervisors.Count == 0 ? local.IsOn : Find(person) is not null;

    private TeamsSupervisorOptions? Find(ChannelAccount? person) =>
        alerts.Value.Supervisors.FirstOrDefault(s => Is(person, s.Id));

    private static bool Is(ChannelAccount? person, string directoryId) => directoryId.Length > 0 && directoryId.Equals(person?.AadObjectId, StringComparison.OrdinalIgnoreCase);

    // A name is what Teams shows; one that could not stand in the record gives way to the id.
    private static string NameOf(ChannelAccount? person)
    {
        var name = CardWords.Clean(MessageText.Mend(person?.Name ?? ""), MaxName);
        return IdentifierRules.IsLegal(name, MaxName) ? name : IdentifierRules.IsLegal(person?.AadObjectId, MaxName) ? person!.AadObjectId! : Nameless;
    }
}
