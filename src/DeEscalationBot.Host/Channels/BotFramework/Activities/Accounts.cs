namespace DeEscalationBot.Host.Channels.BotFramework.Activities;

/// <summary>A person or a bot in a channel.</summary>
/// <param name="Id">The channel's id for it, for instance <c>29:…</c> for a person and <c>28:…</c> for a bot in Teams.</param>
/// <param name="Name">A name to show.</param>
/// <param name="AadObjectId">The person's id in the directory.</param>
/// <param name="Role"><c>user</c> or <c>bot</c>, where the channel says so.</param>
public sealed record ChannelAccount(string? Id = null, string? Name = null, string? AadObjectId = null, string? Role = null) : ProtocolObject;

/// <summary>A conversation in a channel.</summary>
/// <param name="Id">The channel's id for it.</param>
/// <param name="Name">A name to show.</param>
/// <param name="IsGroup">Whether more than two take part.</param>
/// <param name="ConversationType">One of <see cref="ConversationTypes"/>.</param>
/// <param name="TenantId">The organisation's id.</param>
/// <param name="AadObjectId">Its id in the directory.</param>
/// <param name="Role">Its role, where the channel says so.</param>
public sealed record ConversationAccount(
    string? Id = null,
    string? Name = null,
    bool? IsGroup = null,
    string? ConversationType = null,
    string? TenantId = null,
    string? AadObjectId = null,
    string? Role = null) : ProtocolObject;

/// <summary>Where a conversation can be gone on with.</summary>
/// <param name="ActivityId">The activity that it was taken from.</param>
/// <param name="User">The person.</param>
/// <param name="Bot">The bot, as the channel knows it.</param>
/// <param name="Conversation">The conversation.</param>
/// <param name="ChannelId">The channel.</param>
/// <param name="ServiceUrl">Where the channel's connector is.</param>
/// <param name="Locale">The person's language.</param>
public sealed record ConversationReference(
    string? ActivityId = null,
    ChannelAccount? User = null,
    ChannelAccount? Bot = null,
    ConversationAccount? Conversation = null,
    string? ChannelId = null,
    string? ServiceUrl = null,
    string? Locale = null) : ProtocolObject;
