using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Turns;
using Microsoft.Bot.Builder;

namespace DeEscalationBot.Host.Channels.BotFramework.BotBuilderSdk;

/// <summary>The bot as the SDK sees it: hands each turn to the dispatcher that our own endpoint hands it to.</summary>
/// <param name="dispatcher">Takes activities.</param>
internal sealed class CoachBot(ActivityDispatcher dispatcher) : IBot
{
    /// <inheritdoc/>
    public async Task OnTurnAsync(ITurnContext turnContext, CancellationToken cancellationToken = default)
    {
        var activity = SdkActivities.ToOurs(turnContext.Activity);
        if (activity.Type == ActivityTypes.Invoke)
        {
            await turnContext.SendActivityAsync(SdkActivities.ToSdk(await dispatcher.InvokeAsync(activity, cancellationToken)), cancellationToken);
        }
        else
        {
            await dispatcher.TakeAsync(new BotTurn(activity, new SdkReplies(turnContext)), cancellationToken);
        }
    }

    private sealed class SdkReplies(ITurnContext turn) : IReplies
    {
        public async Task<string?> SendAsync(Activity reply, CancellationToken cancellationToken) =>
            (await turn.SendActivityAsync(SdkActivities.ToSdk(reply), cancellationToken))?.Id;

        public async Task<bool> UpdateAsync(string activityId, Activity reply, CancellationToken cancellationToken) =>
            await turn.UpdateActivityAsync(SdkActivities.ToSdk(reply with { Id = activityId }), cancellationToken) is not null;
    }
}
