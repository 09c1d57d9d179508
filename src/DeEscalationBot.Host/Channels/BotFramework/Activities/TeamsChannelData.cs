namespace DeEscalationBot.Host.Channels.BotFramework.Activities;

/// <summary>What Teams says of an activity besides.</summary>
/// <param name="Tenant">The organisation.</param>
/// <param name="Team">The team, in a channel.</param>
/// <param name="Channel">The channel.</param>
/// <param name="EventType">What happened in a conversation update, for instance <c>teamMemberAdded</c> or <c>channelDeleted</c>.</param>
/// <param name="Notification">How the person is told of a message that the bot sends.</param>
/// <param name="FeedbackLoopEnabled">Whether Teams offers feedback under a message that the bot sends.</param>
public sealed record TeamsChannelData(
    TeamsTenant? Tenant = null,
    TeamsTeam? Team = null,
    TeamsChannel? Channel = null,
    string? EventType = null,
    TeamsNotification? Notification = null,
    bool? FeedbackLoopEnabled = null) : ProtocolObject;

/// <summary>An organisation.</summary>
/// <param name="Id">Its id in the directory.</param>
public sealed record TeamsTenant(string? Id = null) : ProtocolObject;

/// <summary>A team.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="AadGroupId">Its group's id in the directory.</param>
public sealed record TeamsTeam(string? Id = null, string? Name = null, string? AadGroupId = null) : ProtocolObject;

/// <summary>A team's channel.</summary>
/// <param name="Id">Its id, for instance <c>19:…@thread.tacv2</c>.</param>
/// <param name="Name">Its name; nothing for the general one.</param>
/// <param name="Type"><c>standard</c>, <c>private</c> or <c>shared</c>.</param>
public sealed record TeamsChannel(string? Id = null, string? Name = null, string? Type = null) : ProtocolObject;

/// <summary>How a person is told of a message.</summary>
/// <param name="Alert">Whether it appears in their activity feed.</param>
public sealed record TeamsNotification(bool? Alert = null) : ProtocolObject;
