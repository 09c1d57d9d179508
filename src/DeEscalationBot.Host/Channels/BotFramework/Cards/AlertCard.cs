using System.Globalization;
using System.Text.Json.Nodes;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Conversations;
using static DeEscalationBot.Host.Channels.BotFramework.Cards.CardParts;

namespace DeEscalationBot.Host.Channels.BotFramework.Cards;

/// <summary>What an alert's card is made of.</summary>
/// <param name="Conversation">The conversation's id.</param>
/// <param name="Alert">The alert as it stands.</param>
/// <param name="Curve">The tension after each of the customer's messages; may be empty.</param>
/// <param name="Agent">The agent as the desk knows them, or nothing.</param>
/// <param name="ShowsWords">Whether the customer's words, and what supervisors wrote, are shown; personal data are taken out all the same. Otherwise the card names what was seen and who acted, and no more.</param>
/// <param name="RefreshFor">The ids in Teams of those whose card shows itself anew when they look; at most 60 count. Empty: whoever looks, as far as Teams does it. Nothing: nobody.</param>
/// <param name="CanAct">Whether it offers what can be done.</param>
/// <param name="ToldRung">The rung of the ladder that was told last, where it was more than the first time; otherwise nothing.</param>
public sealed record AlertNotice(
    ConversationId Conversation,
    Alert Alert,
    IReadOnlyList<CurvePoint> Curve,
    string? Agent = null,
    bool ShowsWords = false,
    IReadOnlyList<string>? RefreshFor = null,
    bool CanAct = true,
    string? ToldRung = null)
{
    /// <summary>The notice of an alert of a conversation.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="alert">One of its alerts.</param>
    public static AlertNotice Of(Conversation conversation, Alert alert)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return new AlertNotice(
            conversation.Id, alert, CurvePoint.Of(conversation), conversation.AgentId);
    }
}

/// <summary>What a supervisor sees of an alert: why, the words, the trend, who acted, and what can still be done.</summary>
public static class AlertCard
{
    /// <summary>The most people whose card may refresh itself: what Teams allows.</summary>
    public const int MostRefreshed = 60;

    private const int MostNotes = 3;

    /// <summary>Builds it.</summary>
    /// <param name="notice">What it shows.</param>
    /// <param name="audience">Who reads it, and where.</param>
    public static RenderedCard Build(AlertNotice notice, CardAudience audience)
    {
        ArgumentNullException.ThrowIfNull(notice);
        ArgumentNullException.ThrowIfNull(audience);
        var texts = CardWording.In(audience.Language);
        var alert = notice.Alert;
        var summary = texts["Alert.Summary", texts.Of("Urgency", alert.Urgency), texts.Of("Trigger", alert.Trigger)];
        var content = CardBudget.Fit(limits =>
        {
            var card = Card(
                texts,
                summary,
                [
                    Box(
                    [
                        Heading(texts["Alert.Heading", texts.Of("Trigger", alert.Trigger)]),
                        Line([.. State(alert, texts)]),
                    ],
                    style: StyleOf(alert)),
                    Facts(notice, texts, limits),
                    .. Reasons(notice, texts, limits),
                    .. Trend(notice, texts, limits),
                    Tried(alert, texts),
                    .. Notes(notice, texts, limits),
                    .. Actions(notice, audience, texts),
                ]);
            if (audience.Surface == CardSurface.Teams && alert.IsOpen && notice.RefreshFor is { } people)
            {
                var refresh = new JsonObject { ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = CardVerbs.Refresh, ["data"] = About(alert) } };
                if (people.Count > 0)
                {
                    refresh["userIds"] = new JsonArray([.. people.Distinct(StringComparer.Ordinal).Take(MostRefreshed).Select(p => JsonValue.Create(p))]);
                }

                card["refresh"] = refresh;
            }

            return card;
        });
        return new RenderedCard(content, summary);
    }

    private static string StyleOf(Alert alert) => alert switch
    {
        { IsOpen: false } => "good",
        { IsUnanswered: true, Urgency: AlertUrgency.Immediate } => "attention",
        { IsUnanswered: true } => "warning",
        _ => "accent",
    };

    // Who acted is a name that somebody chose: a run of its own, never part of a sentence that is read as Markdown.
    private static IEnumerable<JsonObject> State(Alert alert, CardWording texts)
    {
        yield return Run(texts.Of("Urgency", alert.Urgency) + " · ");
        yield return Run(
            alert switch
            {
                { WasWithdrawn: true } => texts["Alert.Recovered"],
                { State: AlertState.Waiting } => texts["Alert.Waits"],
                { State: AlertState.Raised or AlertState.Delivered } => texts["Alert.Unclaimed"],
                { State: AlertState.Acknowledged } => texts["Alert.AcknowledgedBy", Name(alert.AcknowledgedBy)],
                { State: AlertState.TakenOver } => texts["Alert.TakenOverBy", Name(alert.TakenOverBy)],
                { State: AlertState.Coached } => texts["Alert.CoachedBy", Name(alert.Notes.LastOrDefault(n => n.IsWhisper)?.By ?? alert.AcknowledgedBy)],
                { State: AlertState.Dismissed, Dismissal: { } why } => texts["Alert.DismissedBy", Name(alert.AcknowledgedBy), texts.Of("Dismissal", why)],
                { State: AlertState.Dismissed } => texts["Alert.DismissedBy", Name(alert.AcknowledgedBy), texts.Of("Dismissal", AlertDismissal.Other)],
                { State: AlertState.Resolved } => texts["Alert.ResolvedBy", Name(alert.TakenOverBy ?? alert.AcknowledgedBy)],
                _ => throw new InvalidOperationException($"The state {alert.State} has no words."),
            },
            RunStyle.Strong);
    }

    private static JsonObject Facts(AlertNotice notice, CardWording texts, CardLimits limits)
    {
        // The client writes the instant in the reader's time zone and region.
        var at = notice.Alert.RaisedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return Box(
        [
            Fact("Alert.Raised", $"{{{{DATE({at},SHORT)}}}} {{{{TIME({at})}}}}"),
            Fact("Alert.Conversation", "\u2068" + CardWords.Clean(notice.Conversation.Value, limits.Words) + "\u2069"),
            notice.Agent is { Length: > 0 } agent ? Fact("Alert.Agent", "\u2068" + CardWords.Clean(agent, limits.Words) + "\u2069") : null,
            Fact("Alert.Practice", notice.Alert.Brief?.Playbook ?? notice.Alert.Trigger.ToString()),
            notice.ToldRung is { Length: > 0 } rung ? Fact("Alert.Told", "\u2068" + CardWords.Clean(rung, limits.Words) + "\u2069" + (notice.Alert.Repeats > 0 ? " " + texts["Alert.ToldAgain", notice.Alert.Repeats] : "")) : null,
            notice.Alert.JoinedTriggers.Count == 0 ? null : Fact("Alert.Also", string.Join(", ", notice.Alert.JoinedTriggers.Distinct().Select(t => texts.Of("Trigger", t)))),
        ]);

        JsonObject Fact(string key, string value) => Line(Run(texts[key] + ": ", RunStyle.Quiet), Run(value));
    }

    private static IEnumerable<JsonObject> Reasons(AlertNotice notice, CardWording texts, CardLimits limits)
    {
        var signs = notice.Alert.Brief?.Signs ?? [];
        if (notice.ShowsWords)
        {
            yield return Said(PiiRedactor.Redact(notice.Alert.Reason).Text, limits.Words);
        }

        if (signs.Count > 0)
        {
            yield return Box(
            [
                Label(texts["Alert.Signs"]),
                .. signs.Take(limits.Items).Select(s => CardSigns.Line(
                    texts, texts.Of("Signal", s.Type), notice.ShowsWords ? [.. s.Words.Select(w => PiiRedactor.Redact(w).Text)] : [], limits)),
            ]);
        }

        if (!notice.ShowsWords)
        {
            yield return Text(texts["Alert.WordsHidden"], isQuiet: true);
        }
    }

    private static IEnumerable<JsonObject> Trend(AlertNotice notice, CardWording texts, CardLimits limits)
    {
        if (limits.ShowsPictures && notice.Curve.Count > 0)
        {
            yield return Picture(CardPictures.Curve(notice.Curve), CurveInWords(notice.Curve, texts), CardPictures.CurveWidth);
        }

        if (notice.Alert.Brief is { } brief)
        {
            yield return Text(texts["Alert.Trend", Percent(brief.Tension), texts.Of("Trend", brief.Trend)], isQuiet: true);
        }
    }

    private static string CurveInWords(IReadOnlyList<CurvePoint> curve, CardWording texts) => curve.Count == 1
        ? texts["Curve.LabelOne", Percent(curve[0].Tension.Value)]
        : texts["Curve.Label", curve.Count, Percent(curve[0].Tension.Value), Percent(curve[^1].Tension.Value), Percent(curve.Max(p => p.Tension.Value))];

    private static JsonObject? Tried(Alert alert, CardWording texts) => alert.Brief is { Tried.Count: > 0 } brief
        ? Text(texts["Alert.Tried", string.Join(", ", brief.Tried.Distinct().Select(s => texts.Of("Step", s)))], isQuiet: true)
        : null;

    private static IEnumerable<JsonObject> Notes(AlertNotice notice, CardWording texts, CardLimits limits)
    {
        // What supervisors write tells of the customer, too.
        if (!notice.ShowsWords)
        {
            yield break;
        }

        foreach (var note in notice.Alert.Notes.TakeLast(MostNotes))
        {
            yield return Line(
                Run(texts[note.IsWhisper ? "Alert.WhisperBy" : "Alert.NoteBy", Name(note.By)], RunStyle.Strong),
                Run("\u2068" + CardWords.Clean(PiiRedactor.Redact(note.Text).Text, limits.Words) + "\u2069"));
        }

        if (notice.Alert.Resolution is { Length: > 0 } resolution)
        {
            yield return Line(Run("\u2068" + CardWords.Clean(PiiRedactor.Redact(resolution).Text, limits.Words) + "\u2069"));
        }
    }

    private static IEnumerable<JsonObject?> Actions(AlertNotice notice, CardAudience audience, CardWording texts)
    {
        var alert = notice.Alert;
        if (alert.IsOpen && notice.CanAct)
        {
            yield return Buttons(
                alert.AcknowledgedBy is null ? Press(audience.Surface, CardVerbs.Acknowledge, texts["Alert.Acknowledge"], About(alert), style: "positive") : null,
                Press(audience.Surface, CardVerbs.TakeOver, texts["Alert.TakeOver"], About(alert)));
            yield return Buttons(
                Unfold(
                    texts["Alert.Whisper"],
                    Input(CardFields.Words, texts["Alert.WhisperLabel"], texts["Alert.WhisperMissing"]),
                    Buttons(Press(audience.Surface, CardVerbs.Whisper, texts["Alert.WhisperSend"], About(alert), sendsInputs: true))),
                Unfold(
                    texts["Alert.Resolve"],
                    Input(CardFields.Note, texts["Alert.ResolveLabel"], missing: null),
                    Buttons(Press(audience.Surface, CardVerbs.Resolve, texts["Alert.ResolveSend"], About(alert), sendsInputs: true))),
                Unfold(
                    texts["Alert.Dismiss"],
                    Choice(CardFields.Reason, texts["Alert.DismissWhy"], texts["Alert.DismissMissing"], Enum.GetValues<AlertDismissal>().Select(d => (texts.Of("Dismissal", d), d.ToString()))),
                    Input(CardFields.Remark, texts["Alert.DismissLabel"], missing: null),
                    Buttons(Press(audience.Surface, CardVerbs.Dismiss, texts["Alert.DismissSend"], About(alert), sendsInputs: true))));
        }

        yield return Buttons(Open(audience, texts["Alert.Open"], "/console?c=" + Uri.EscapeDataString(notice.Conversation.Value)));
    }

    private static JsonObject About(Alert alert) => new() { [CardFields.Alert] = alert.Id };

    private static string Name(string? name) => "\u2068" + CardWords.Clean(name ?? "–", 100) + "\u2069";

    private static int Percent(double tension) => (int)Math.Round(tension * 100, MidpointRounding.AwayFromZero);
}
