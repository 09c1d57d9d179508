using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Conversations;

namespace DeEscalationBot.Host.Pages.Supervisor;

/// <summary>How hot a conversation has to be to stand in the queue.</summary>
public enum QueueHeat
{
    /// <summary>All.</summary>
    All,

    /// <summary>Tension of at least 0.35.</summary>
    Tense,

    /// <summary>Tension of at least 0.6.</summary>
    Hot,
}

/// <summary>What the queue shows; kept in the page's address, so that a view can be passed on.</summary>
/// <param name="Heat">How hot at least.</param>
/// <param name="IsWaiting">Only those whose customer waits for an answer.</param>
/// <param name="Language">Only this language; undetermined for all.</param>
/// <param name="Find">Only those whose customer, agent or id holds these letters.</param>
public sealed record QueueFilter(QueueHeat Heat = QueueHeat.All, bool IsWaiting = false, MessageLanguage Language = MessageLanguage.Undetermined, string Find = "")
{
    /// <summary>Reads the filter from the address; what makes no sense counts as not given.</summary>
    /// <param name="heat"><c>tense</c> or <c>hot</c>.</param>
    /// <param name="waiting"><c>1</c> for those that wait.</param>
    /// <param name="speaks"><c>es</c> or <c>en</c>.</param>
    /// <param name="find">Letters to look for.</param>
    public static QueueFilter Read(string? heat, string? waiting, string? speaks, string? find) => new(
        heat switch { "tense" => QueueHeat.Tense, "hot" => QueueHeat.Hot, _ => QueueHeat.All },
        waiting == "1",
        MessageLanguageCodes.TryParse(speaks, out var language) ? language : MessageLanguage.Undetermined,
        find ?? "");

    /// <summary>The least tension.</summary>
    public double MinTension => Heat switch
    {
        QueueHeat.All => 0,
        QueueHeat.Tense => 0.35,
        QueueHeat.Hot => 0.6,
        _ => throw new InvalidOperationException($"The heat {Heat} has no limit."),
    };

    /// <summary>The parameters of the address; nothing removes one.</summary>
    public IReadOnlyDictionary<string, object?> Parameters => new Dictionary<string, object?>
    {
        ["heat"] = Heat switch { QueueHeat.Tense => "tense", QueueHeat.Hot => "hot", _ => null },
        ["waiting"] = IsWaiting ? "1" : null,
        ["speaks"] = Language == MessageLanguage.Undetermined ? null : Language.Code(),
        ["find"] = Find.Length == 0 ? null : Find,
    };

    /// <summary>Whether a conversation is shown. Its tension was checked when the list was read.</summary>
    /// <param name="conversation">The conversation.</param>
    public bool Shows(ConversationSummary conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return (!IsWaiting || conversation.UnansweredSince is not null)
            && (Language == MessageLanguage.Undetermined || conversation.Language == Language)
            && (Find.Length == 0 || Holds(conversation.CustomerId) || Holds(conversation.AgentId) || Holds(conversation.Id.Value));
    }

    private bool Holds(string? text) => text?.Contains(Find.Trim(), StringComparison.CurrentCultureIgnoreCase) == true;
}
