using System.Text.Json;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Turns;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Builder.Integration.AspNet.Core;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Activity = DeEscalationBot.Host.Channels.BotFramework.Activities.Activity;
using JsonSerializer = System.Text.Json.JsonSerializer;
using SdkActivity = Microsoft.Bot.Schema.Activity;

namespace DeEscalationBot.Host.Channels.BotFramework.BotBuilderSdk;

/// <summary>Turns activities of the SDK into ours and back, by the JSON that both write: what neither knows by name stays.</summary>
internal static class SdkActivities
{
    /// <summary>An activity of the SDK as ours.</summary>
    /// <param name="activity">The SDK's.</param>
    public static Activity ToOurs(SdkActivity activity) =>
        JsonSerializer.Deserialize<Activity>(JsonConvert.SerializeObject(activity, HttpHelper.BotMessageSerializerSettings), ActivityJson.Options)!;

    /// <summary>An activity of ours as the SDK's.</summary>
    /// <param name="activity">Ours.</param>
    public static SdkActivity ToSdk(Activity activity) =>
        JsonConvert.DeserializeObject<SdkActivity>(JsonSerializer.Serialize(activity, ActivityJson.Options), HttpHelper.BotMessageSerializerSettings)!;

    /// <summary>An answer to an invoke, in the form in which the SDK wants to be told of it.</summary>
    /// <param name="answer">The answer.</param>
    public static SdkActivity ToSdk(InvokeAnswer answer) => new()
    {
        Type = Microsoft.Bot.Schema.ActivityTypesEx.InvokeResponse,

        // The SDK writes the body by its own serializer, which knows nothing of our records: it gets them as JSON.
        Value = new InvokeResponse { Status = answer.Status, Body = answer.Body is null ? null : JToken.Parse(JsonSerializer.Serialize(answer.Body, answer.Body.GetType(), ActivityJson.Options)) },
    };
}
