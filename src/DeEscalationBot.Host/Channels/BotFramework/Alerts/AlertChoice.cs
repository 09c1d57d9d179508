using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Agent;
using DeEscalationBot.Host.Channels.BotFramework.References;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Channels.BotFramework.Alerts;

/// <summary>What became of a wish for alerts where it was said.</summary>
public enum AlertChoiceResult
{
    /// <summary>It is so from now on.</summary>
    Done,

    /// <summary>It was so already: the settings name the place, or there were no alerts here.</summary>
    NothingToDo,

    /// <summary>The settings name the place, so that only they can end it.</summary>
    FixedBySettings,

    /// <summary>Who asks is no supervisor by the settings.</summary>
    NotAllowed,

    /// <summary>Alerts do not go to Teams, by the settings, or this is not Teams.</summary>
    SwitchedOff,
}

/// <summary>"Alerts here", said by a supervisor in Teams.</summary>
/// <remarks>Safe for concurrent use.</remarks>
/// <param name="places">The places that were chosen.</param>
/// <param name="supervisors">Who may choose.</param>
/// <param name="options">The places of the settings.</param>
public sealed class AlertChoice(ChosenPlaces places, ISupervisorDirectory supervisors, IOptions<TeamsAlertsOptions> options)
{
    /// <summary>From now on alerts appear where an activity comes from.</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="chosen">The language that the person chose to speak with the bot, or nothing: then that of their client.</param>
    /// <exception cref="Conversations.Storage.RecordUnavailableException">The database is away.</exception>
    public async Task<AlertChoiceResult> StartAsync(Activity activity, string? chosen)
    {
        if (Refusal(activity) is { } refusal)
        {
            return refusal;
        }

        if (IsOfSettings(activity))
        {
            return AlertChoiceResult.NothingToDo;
        }

        var language = AlertPlace.LanguageOf(AgentLanguage.Of(activity, chosen).Name);
        return await places.AddAsync(activity, language) ? AlertChoiceResult.Done : AlertChoiceResult.SwitchedOff;
    }

    /// <summary>No alerts any more where an activity comes from. Cards that stand there go on changing with their alerts.</summary>
    /// <param name="activity">The activity.</param>
    /// <exception cref="Conversations.Storage.RecordUnavailableException">The database is away.</exception>
    public async Task<AlertChoiceResult> StopAsync(Activity activity) =>
        Refusal(activity)
        ?? (IsOfSettings(activity) ? AlertChoiceResult.FixedBySettings
            : await places.RemoveAsync(activity) ? AlertChoiceResult.Done : AlertChoiceResult.NothingToDo);

    private AlertChoiceResult? Refusal(Activity activity) =>
        !options.Value.Enabled || activity?.ChannelId != ChannelIds.Teams ? AlertChoiceResult.SwitchedOff
        : supervisors.MayChoose(activity.From) ? null : AlertChoiceResult.NotAllowed;

    private bool IsOfSettings(Activity activity)
    {
        var here = ConversationReferences.WithoutThread(activity.Conversation?.Id ?? "");
        var person = activity.Conversation?.ConversationType is ConversationTypes.Channel or ConversationTypes.GroupChat ? null : activity.From?.AadObjectId;
        return options.Value.Names(here, person);
    }
}
