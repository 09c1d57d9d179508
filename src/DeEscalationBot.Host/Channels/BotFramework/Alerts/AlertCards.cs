using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Channels.BotFramework.Cards;
using DeEscalationBot.Host.Conversations;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Channels.BotFramework.Alerts;

/// <summary>An alert as the record has it now, with its conversation.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Alert">The alert.</param>
public sealed record AlertNow(Conversation Conversation, Alert Alert);

/// <summary>Who reads a card of an alert.</summary>
/// <param name="Language">Their language.</param>
/// <param name="IsShared">Whether several people read it: then the customer's words stay out unless the settings show them.</param>
/// <param name="RefreshFor">Whose card shows itself anew when they look; empty for everybody, as far as Teams does it.</param>
/// <param name="CanAct">Whether it offers what can be done.</param>
public sealed record AlertReader(MessageLanguage Language, bool IsShared, IReadOnlyList<string> RefreshFor, bool CanAct = true);

/// <summary>Reads alerts, and shows them on cards as they stand now.</summary>
/// <param name="desk">The record.</param>
/// <param name="ladder">The names of the rungs.</param>
/// <param name="options">What may be shown where.</param>
public sealed class AlertCards([FromKeyedServices(ConversationDesk.Unguarded)] IConversationDesk desk, AlertLadder ladder, IOptions<BotFrameworkOptions> options)
{
    private const int MostName = 100;
    private readonly Uri? _site = options.Value.Site;

    /// <summary>An alert as it stands; nothing when the record does not have it.</summary>
    /// <param name="conversationId">Its conversation.</param>
    /// <param name="alertId">The alert.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<AlertNow?> ReadAsync(string conversationId, string alertId, CancellationToken cancellationToken) =>
        ConversationId.TryCreate(conversationId, out var id) && await desk.ReadAsync(id, cancellationToken) is { } conversation && conversation.FindAlert(alertId) is { } alert
            ? new AlertNow(conversation, alert)
            : null;

    /// <summary>An alert as it stands; nothing when the record does not have it.</summary>
    /// <param name="alertId">The alert.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<AlertNow?> ReadAsync(string alertId, CancellationToken cancellationToken) =>
        await desk.FindAlertAsync(alertId, cancellationToken) is { } found ? await ReadAsync(found.Conversation.Value, alertId, cancellationToken) : null;

    /// <summary>The card.</summary>
    /// <param name="now">The alert.</param>
    /// <param name="reader">Who reads it.</param>
    public RenderedCard Show(AlertNow now, AlertReader reader)
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(reader);
        var notice = AlertNotice.Of(now.Conversation, now.Alert) with
        {
            ShowsWords = !reader.IsShared || options.Value.ShowCustomerTextInChannels,
            RefreshFor = reader.RefreshFor,
            CanAct = reader.CanAct,
            ToldRung = now.Alert.IsUnanswered && (now.Alert.Rung > 0 || now.Alert.Repeats > 0) ? ladder.NameOf(now.Alert.Rung) : null,
        };
        return AlertCard.Build(notice, new CardAudience(reader.Language, CardSurface.Teams, _site));
    }

    /// <summary>What is said under a card when people are called again; without a word of the customer's.</summary>
    /// <param name="now">The alert.</param>
    /// <param name="onDuty">Who is on duty on the rung that is told; nothing when it names nobody.</param>
    /// <param name="language">The language.</param>
    public string CallAgain(AlertNow now, IReadOnlyList<string>? onDuty, MessageLanguage language)
    {
        ArgumentNullException.ThrowIfNull(now);
        var texts = CardWording.In(language);
        var rung = CardWords.Clean(ladder.NameOf(now.Alert.Rung), MostName);
        var call = texts["Alert.CalledAgain", texts.Of("Urgency", now.Alert.Urgency), texts.Of("Trigger", now.Alert.Trigger), rung];
        return onDuty switch
        {
            null => call,
            { Count: 0 } => $"{call} {texts["Alert.NobodyOnDuty"]}",
            _ => $"{call} {texts["Alert.OnDuty", string.Join(", ", onDuty.Select(p => CardWords.Clean(p, MostName)))]}",
        };
    }
}
