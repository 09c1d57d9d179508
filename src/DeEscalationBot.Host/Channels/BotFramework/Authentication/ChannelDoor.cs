using DeEscalationBot.Host.Access.SignIn;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.Http;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Channels.BotFramework.Authentication;

/// <summary>Why a request was let in.</summary>
/// <param name="Token">Its token; nothing for a person at this machine, in local mode.</param>
internal sealed record Entrance(ValidToken? Token)
{
    /// <summary>Whether it may bring an activity.</summary>
    /// <param name="activity">The activity.</param>
    public bool Admits(Activity activity) => Token?.Vouches(activity) != false;

    /// <summary>The activity as the bot takes it: where an app of the organisation wants its answers is not remembered, for nobody vouches for it.</summary>
    /// <param name="activity">The activity.</param>
    public Activity Marked(Activity activity) => Token is { IsOfChannel: false } ? activity with { MayBeReferredTo = false } : activity;
}

/// <summary>Lets in who may bring activities: with an app id whoever has a channel's token, without one, in local mode, a program at this machine.</summary>
/// <param name="options">The settings.</param>
/// <param name="local">Whether it is local mode.</param>
/// <param name="tokens">Checks tokens.</param>
internal sealed class ChannelDoor(IOptions<BotFrameworkOptions> options, LocalMode local, TokenCheck tokens)
{
    /// <summary>Looks at a request, before its body.</summary>
    /// <param name="http">The request.</param>
    /// <returns>Nothing when it is not let in.</returns>
    public async Task<Entrance?> LookAsync(HttpContext http)
    {
        if (!options.Value.IsConfigured)
        {
            return local.IsOn && ThisMachine.Sent(http) && ThisMachine.IsOwnPage(http) ? new Entrance(null) : null;
        }

        // Several headers of the name make one value with commas, which is no bearer token.
        return await tokens.CheckAsync(http.Request.Headers.Authorization.ToString() is { Length: > 0 } header ? header : null, http.RequestAborted) is { } token
            ? new Entrance(token)
            : null;
    }
}
