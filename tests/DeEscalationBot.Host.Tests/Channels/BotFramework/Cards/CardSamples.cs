using System.Text.Json;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Channels.BotFramework.Cards;
using DeEscalationBot.Host.Conversations;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Cards;

/// <summary>Every card, with everything that people may write into it.</summary>
internal static class CardSamples
{
    public const string Hostile =
        "[click](https://evil.example) **bold** <img src=x onerror=alert(1)><script>alert(1)</script> ${user.name} {{DATE(2020-01-01T00:00:00Z,SHORT)}} {{{TIME(2020-01-01T00:00:00Z)}} <at>everyone</at>";

    public const string RightToLeft = "أنا أنتظر منذ ثلاثة أسابيع \u202Eevil\u202C ولا أحد يجيب";

    public static readonly string Huge = string.Concat(Enumerable.Repeat("😡ñ\u0301\"\\<&\u2028 ", 8000));

    public static readonly Uri Site = new("https://coach.example.com");

    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 9, 5, 0, TimeSpan.Zero);

    public static IReadOnlyList<string> Texts { get; } = ["Llevo tres semanas esperando y nadie me responde", Hostile, RightToLeft, Huge, "Z\u0335\u0321\u0322\u0327\u0328\u0334\u0335\u0336\u0337\u0338\u0339\u033A\u033Balgo", "\u202E\u0000\u0007 \t"];

    public static ConversationId Conversation { get; } = ConversationId.Create("desk/88213 é");

    public static IEnumerable<(string Name, RenderedCard Card, CardAudience Audience)> All()
    {
        foreach (var language in new[] { MessageLanguage.Spanish, MessageLanguage.English })
        {
            foreach (var surface in Enum.GetValues<CardSurface>())
            {
                var audience = new CardAudience(language, surface, Site);
                yield return ($"greeting-{language}-{surface}", GreetingCard.Build(audience), audience);
                yield return ($"commands-{language}-{surface}", CommandsCard.Build(audience), audience);
                for (var i = 0; i < Texts.Count; i++)
                {
                    yield return ($"coaching-{i}-{language}-{surface}", CoachingCard.Build(Advice(Texts[i]), audience), audience);
                    yield return ($"draft-{i}-{language}-{surface}", DraftReviewCard.Build(Review(Texts[i]), Conversation, audience), audience);
                    yield return ($"alert-{i}-{language}-{surface}", AlertCard.Build(Alert(Texts[i]), audience), audience);
                    yield return ($"chat-{i}-{language}-{surface}", ChatCard.Build(Chat(Texts[i]), audience), audience);
                    yield return ($"chat-heats-{i}-{language}-{surface}", ChatCard.Build(Chat(Texts[i]) with { Draft = Short(Texts[i]), Review = Review(Texts[i]), HeldBack = "0f", HasLeft = true }, audience), audience);
                    yield return ($"chat-sent-{i}-{language}-{surface}", ChatCard.Build(Chat(Texts[i]) with { Sent = Texts[i] }, audience), audience);
                }

                yield return ($"chat-good-{language}-{surface}", ChatCard.Build(Chat("Gracias") with { Draft = "Ya está", Review = new DraftReviewResult(MessageLanguage.Spanish, [], null) }, audience), audience);
                yield return ($"chats-{language}-{surface}", ChatListCard.Build([.. Listed.Take(2)], Listed, audience), audience);
                yield return ($"chats-none-{language}-{surface}", ChatListCard.Build([], [], audience), audience);

                yield return ($"alert-read-{language}-{surface}", AlertCard.Build(Alert("Quiero hablar con su jefe") with { CanAct = false, RefreshFor = [] }, audience), audience);
                yield return ($"alert-told-{language}-{surface}", AlertCard.Build(Told("Quiero hablar con su jefe"), audience), audience);
                foreach (var state in Enum.GetValues<AlertState>())
                {
                    yield return ($"alert-{state}-{language}-{surface}", AlertCard.Build(Alert("Quiero hablar con su jefe", state), audience), audience);
                }
            }
        }

        var bare = new CardAudience(MessageLanguage.English, CardSurface.Teams);
        yield return ("coaching-bare", CoachingCard.Build(new CoachingAdvice(new UtteranceScore(MessageLanguage.English, new Probability(0), FrustrationLevel.Calm, [], ScoreOrigin.Model), [], null), bare), bare);
        yield return ("draft-good", DraftReviewCard.Build(new DraftReviewResult(MessageLanguage.English, [], null), null, bare), bare);
        yield return ("alert-first-version", AlertCard.Build(new AlertNotice(Conversation, new Alert("a-1", EscalationTrigger.T6, AlertUrgency.Advise, AlertState.Raised, "T6: because.", Morning, []), []), bare), bare);
    }

    public static CoachingAdvice Advice(string said, FrustrationLevel level = FrustrationLevel.Frustrated) => new(
        new UtteranceScore(
            MessageLanguage.Spanish,
            new Probability(0.8),
            level,
            [.. new[] { SignalType.Unheard, SignalType.Waiting, SignalType.RepeatContact, SignalType.Urgency, SignalType.Impact, SignalType.Distrust, SignalType.Shouting }
                .Select((t, i) => new Signal(t, new Probability(i % 2 == 0 ? 0.9 : 0.4), [EvidenceSpan.Of(said, 0, said.Length), EvidenceSpan.Of(said, 0, Math.Min(said.Length, 20))]))],
            ScoreOrigin.Model),
        [ConversationStep.Calm, ConversationStep.Listen],
        new Suggestion("A1", "Dígalo con sus palabras", "Si le he entendido bien: " + said, ["¿Qué pasó después? " + said, "¿Desde cuándo?"], "Antes de nada quiere sentirse escuchado. " + said),
        Conversation,
        TensionTrend.Rising,
        "Ha escrito: " + said);

    public static ChatView Chat(string said) => new("K7QX", Advice(said), said, [.. Enumerable.Range(0, 8).Select(i => new ChatLine(i % 2 == 0, said))], "7.0");

    // The longest draft that a card takes, whole characters only.
    private static string Short(string text) => text.Length <= ChatCard.MostTyped ? text : text[..ChatCard.MostTyped];

    public static ListedChat[] Listed { get; } =
    [
        .. Enumerable.Range(0, 8).Select(i => new ListedChat(
            $"K7Q{i}", ConversationId.Create("dl-" + new string('x', 22)), i switch { 0 => null, 1 => 0, _ => i * 7 }, i == 2 ? null : (FrustrationLevel)(i % 5), (MessageLanguage)(i % 3))),
    ];

    public static DraftReviewResult Review(string draft) => new(
        MessageLanguage.Spanish,
        [.. Enumerable.Range(0, 12).Select(i => new DraftFinding(
            "empathy-but", (FindingSeverity)(i % 3), EvidenceSpan.Of(draft, 0, draft.Length), "El «pero» deshace la empatía. " + draft, "A1", (i % 3) switch { 0 => null, 1 => "", _ => "y " + draft }))],
        "Siento la espera. " + draft,
        new DraftEffect(LikelyEffect.Raises, EffectSureness.Likely, []),
        new DraftEffect(LikelyEffect.Lowers, EffectSureness.Guess, []));

    public static AlertNotice Alert(string said, AlertState state = AlertState.Delivered) => new(
        Conversation,
        new Alert("a-1", EscalationTrigger.T10, AlertUrgency.Immediate, state, "T10: " + said, Morning, [EscalationTrigger.T3, EscalationTrigger.T7])
        {
            AcknowledgedBy = state is AlertState.Waiting or AlertState.Raised or AlertState.Delivered ? null : "Marta " + said,
            TakenOverBy = state == AlertState.TakenOver ? "Marta " + said : null,
            Dismissal = state == AlertState.Dismissed ? AlertDismissal.NotUrgent : null,
            Resolution = state == AlertState.Resolved ? "Reembolso hecho. " + said : null,
            Wait = state == AlertState.Waiting ? new AlertWait(AlertWaitCause.Recovery, Morning) : null,
            Notes = [.. Enumerable.Range(0, 6).Select(i => new AlertNote(Morning, "Inés " + said, "Ofrezca el reembolso. " + said, i % 2 == 0))],
            Brief = new AlertBrief(
                [.. Enum.GetValues<SignalType>().Take(8).Select(t => new AlertSign(t, 0.9, [said, "y otra vez " + said]))],
                0.82, TensionTrend.Rising, "T10", [said, said, said], [ConversationStep.Calm, ConversationStep.Repeat], ["A1", "A6"]),
        },
        [.. Enumerable.Range(0, 60).Select(i => new CurvePoint(new Probability((i * 7 % 60) / 60.0), (FrustrationLevel)(i % 5)))],
        "Lucía " + said,
        ShowsWords: true,
        RefreshFor: [.. Enumerable.Range(0, 80).Select(i => $"29:{i}")]);

    /// <summary>An alert that the ladder told to the next, again and again; in a channel, where nothing of a customer is shown.</summary>
    public static AlertNotice Told(string said)
    {
        var alert = Alert(said, AlertState.Raised);
        return alert with { Alert = alert.Alert with { Rung = 1, Repeats = 3 }, ToldRung = "Jefatura **de turno**", ShowsWords = false, RefreshFor = [], Agent = "Lucía" };
    }

    /// <summary>Every object of a card, however deep.</summary>
    public static IEnumerable<JsonElement> ObjectsOf(JsonElement node)
    {
        if (node.ValueKind == JsonValueKind.Object)
        {
            yield return node;
            foreach (var field in node.EnumerateObject().SelectMany(f => ObjectsOf(f.Value)))
            {
                yield return field;
            }
        }
        else if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in node.EnumerateArray().SelectMany(ObjectsOf))
            {
                yield return item;
            }
        }
    }

    public static string? Field(JsonElement node, string name) => node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
