using System.Text.Json;
using System.Text.Json.Serialization;
using DeEscalationBot.Host.Contract;

namespace DeEscalationBot.Host.Privacy;

/// <summary>Why something was erased.</summary>
public enum ErasureReason
{
    /// <summary>Somebody asked for it.</summary>
    Request,

    /// <summary>It had become old enough.</summary>
    Retention,
}

/// <summary>How much was erased.</summary>
/// <param name="Conversations">Conversations.</param>
/// <param name="Messages">Messages in them.</param>
/// <param name="Events">Entries of the record, messages included.</param>
/// <param name="Alerts">Alerts, of which the times and the trigger stay for reports.</param>
/// <param name="OpenAlerts">Of these, how many nobody had settled.</param>
/// <param name="FollowUps">Promises to the customer.</param>
/// <param name="Reviews">Proposed reviews.</param>
/// <param name="Undelivered">Messages to sinks that had not left yet, and now do not.</param>
/// <param name="Delivered">Messages to sinks that had left, or were given up.</param>
/// <param name="Keys">Data keys that were destroyed.</param>
/// <param name="Customers">Customers' records outside conversations, of which the days of coming and going stay for reports.</param>
/// <param name="Cases">Dismissals and departures, of which reports count the former.</param>
public sealed record ErasedCounts(
    int Conversations, int Messages, int Events, int Alerts, int OpenAlerts, int FollowUps, int Reviews, int Undelivered, int Delivered, int Keys, int Customers = 0, int Cases = 0)
{
    /// <summary>Nothing.</summary>
    public static ErasedCounts None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>The sum.</summary>
    /// <param name="other">What is added.</param>
    public ErasedCounts Plus(ErasedCounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new ErasedCounts(
            Conversations + other.Conversations, Messages + other.Messages, Events + other.Events, Alerts + other.Alerts, OpenAlerts + other.OpenAlerts,
            FollowUps + other.FollowUps, Reviews + other.Reviews, Undelivered + other.Undelivered, Delivered + other.Delivered, Keys + other.Keys, Customers + other.Customers, Cases + other.Cases);
    }
}

/// <summary>What was erased, when and by whom. Holds nothing of the customer.</summary>
/// <param name="Id">Names it.</param>
/// <param name="At">When, UTC.</param>
/// <param name="By">Who did it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Erased">How much. Nothing at all when the customer was not known, or was erased before.</param>
/// <param name="FilesCleared">Whether the database's own files were cleared of the deleted bytes, too; when not, it was in use or had no room, and the next erasure on request does so.</param>
public sealed record ErasureReceipt(string Id, DateTimeOffset At, string By, ErasureReason Reason, ErasedCounts Erased, bool FilesCleared)
{
    /// <summary>As JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads one.</summary>
    /// <param name="json">As <see cref="ToJson"/> wrote it.</param>
    public static ErasureReceipt FromJson(string json) => JsonSerializer.Deserialize<ErasureReceipt>(json, Json)!;

    private static readonly JsonSerializerOptions Json = CreateJson();

    private static JsonSerializerOptions CreateJson()
    {
        var options = new JsonSerializerOptions();
        ContractJson.Configure(options);
        options.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
