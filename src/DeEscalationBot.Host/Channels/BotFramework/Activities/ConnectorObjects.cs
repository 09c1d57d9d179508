using System.Text.Json;

namespace DeEscalationBot.Host.Channels.BotFramework.Activities;

/// <summary>The answers to an activity, where they are wanted in the response.</summary>
/// <param name="Activities">The answers, in order.</param>
public sealed record ExpectedReplies(IReadOnlyList<Activity> Activities);

/// <summary>How a conversation is opened.</summary>
/// <param name="IsGroup">False for one person, true for a channel.</param>
/// <param name="Bot">The bot.</param>
/// <param name="Members">The person.</param>
/// <param name="TopicName">A name.</param>
/// <param name="TenantId">The organisation's id.</param>
/// <param name="Activity">The first message; needed in a channel.</param>
/// <param name="ChannelData">What the channel wants besides: the organisation, or the channel.</param>
public sealed record ConversationParameters(
    bool? IsGroup = null,
    ChannelAccount? Bot = null,
    IReadOnlyList<ChannelAccount>? Members = null,
    string? TopicName = null,
    string? TenantId = null,
    Activity? Activity = null,
    JsonElement? ChannelData = null) : ProtocolObject;

/// <summary>What came of an activity that was sent.</summary>
/// <param name="Id">The channel's id for it; by it the activity is changed later. Nothing where the channel gives none.</param>
public sealed record SentActivity(string? Id = null) : ProtocolObject;

/// <summary>A conversation that was opened.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ActivityId">The first message's id.</param>
/// <param name="ServiceUrl">Where it goes on, when elsewhere.</param>
public sealed record OpenedConversation(string? Id = null, string? ActivityId = null, string? ServiceUrl = null) : ProtocolObject;

/// <summary>Some of a conversation's members.</summary>
/// <param name="Members">The members.</param>
/// <param name="ContinuationToken">What to ask for the next ones with; nothing on the last page.</param>
public sealed record MemberPage(IReadOnlyList<ChannelAccount?>? Members = null, string? ContinuationToken = null) : ProtocolObject;

/// <summary>How a connector says what is wrong.</summary>
/// <param name="Error">What.</param>
public sealed record ErrorEnvelope(ErrorBody? Error = null) : ProtocolObject;

/// <summary>What is wrong.</summary>
/// <param name="Code">A word for programs.</param>
/// <param name="Message">A sentence.</param>
public sealed record ErrorBody(string? Code = null, string? Message = null) : ProtocolObject;
