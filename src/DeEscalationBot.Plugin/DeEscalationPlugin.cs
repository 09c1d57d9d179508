using System.ComponentModel;
using System.Text.Json.Serialization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Coaching.Paraphrasing;
using DeEscalationBot.Core.Coaching.Writing;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Pipeline;
using DeEscalationBot.Core.Scoring;
using Microsoft.SemanticKernel;

namespace DeEscalationBot.Plugin;

/// <summary>A message as an agent of Semantic Kernel hands it over.</summary>
/// <param name="Speaker"><c>customer</c> or <c>agent</c>.</param>
/// <param name="Text">The text.</param>
public sealed record SpokenMessage(
    [property: JsonPropertyName("speaker"), Description("'customer' or 'agent'")] string Speaker,
    [property: JsonPropertyName("text"), Description("The text of the message")] string Text);

/// <summary>Something that a customer's message shows.</summary>
/// <param name="Type">The type, for instance <c>unheard</c>.</param>
/// <param name="Confidence">How sure, 0 to 1.</param>
/// <param name="Words">The words that show it.</param>
public sealed record ShownSignal(string Type, double Confidence, IReadOnlyList<string> Words);

/// <summary>What was read in a message.</summary>
/// <param name="Language">es, en or und.</param>
/// <param name="Frustration">Calibrated chance that a support lead would call it frustrated or worse, 0 to 1.</param>
/// <param name="Level">calm, annoyed, frustrated, angry or hostile.</param>
/// <param name="Signals">What it shows.</param>
public sealed record ReadMessage(string Language, double Frustration, string Level, IReadOnlyList<ShownSignal> Signals);

/// <summary>Something to change in a draft.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Severity">note, warning or block.</param>
/// <param name="Words">The words it is about.</param>
/// <param name="Why">Why.</param>
/// <param name="Suggestion">What to write instead, or nothing.</param>
public sealed record DraftAdvice(string Rule, string Severity, string Words, string Why, string? Suggestion);

/// <summary>What the review of a draft gave.</summary>
/// <param name="IsGood">Whether it can go out as it stands.</param>
/// <param name="Findings">What to change.</param>
/// <param name="Rewrite">The whole draft mended, or nothing.</param>
public sealed record ReviewedDraft(bool IsGood, IReadOnlyList<DraftAdvice> Findings, string? Rewrite);

/// <summary>Where a conversation stands and what to do next.</summary>
/// <param name="Level">The level of the customer's last message; nothing before the first.</param>
/// <param name="Tension">The conversation's tension, 0 to 1.</param>
/// <param name="Trend">rising, steady or falling.</param>
/// <param name="StepsDone">Which of the seven steps were done.</param>
/// <param name="Technique">Playbook id of the proposal, or nothing.</param>
/// <param name="Say">Words to say, or nothing when nothing is needed.</param>
/// <param name="Escalation">advise, supervisor or immediate, when a person has to look; nothing otherwise.</param>
/// <param name="Reason">Why, when a person has to look.</param>
public sealed record ConversationAdvice(
    string? Level,
    double Tension,
    string Trend,
    IReadOnlyList<string> StepsDone,
    string? Technique,
    string? Say,
    string? Escalation,
    string? Reason);

/// <summary>The de-escalation rules as functions for any agent of Semantic Kernel.</summary>
/// <remarks>
/// <code>kernel.Plugins.AddFromObject(services.GetRequiredService&lt;DeEscalationPlugin&gt;(), DeEscalationPlugin.Name)</code> after
/// <see cref="DeEscalationServices.AddDeEscalation"/>. Offline and deterministic: no function asks a language model, so that none can call
/// itself, and nothing leaves the machine. Nothing is recorded. Texts longer than <see cref="MessageText.MaxLength"/> are cut. Safe for concurrent use.
/// </remarks>
/// <param name="scorer">Scores messages.</param>
/// <param name="pipeline">The rules for conversations.</param>
/// <param name="paraphrase">Says back what a customer wrote.</param>
/// <param name="drafts">Reviews drafts.</param>
/// <param name="writer">Writes summaries.</param>
/// <param name="clock">The clock.</param>
public sealed class DeEscalationPlugin(
    IUtteranceScorer scorer,
    ConversationTurnPipeline pipeline,
    ParaphraseEngine paraphrase,
    DraftReviewer drafts,
    OfflineWriter writer,
    TimeProvider clock)
{
    /// <summary>The name to add it by.</summary>
    public const string Name = "de_escalation";

    private const int MostMessages = 200;

    /// <summary>Reads one message.</summary>
    /// <param name="text">The customer's message.</param>
    [KernelFunction("read_message")]
    [Description("Tells how frustrated one customer message is (Spanish or English) and what it shows: insults, threats, not being heard, wanting to leave, danger to a life and others, each with its words.")]
    public ReadMessage ReadMessage([Description("The customer's message, unchanged")] string text)
    {
        var score = scorer.Score(Bounded(text));
        return new ReadMessage(
            score.Language.Code(),
            score.Frustration.Value,
            Camel(score.Level),
            [.. score.Signals.Select(s => new ShownSignal(Camel(s.Type), s.Confidence.Value, [.. s.Evidence.Select(e => e.Text)]))]);
    }

    /// <summary>Says a message back.</summary>
    /// <param name="text">The customer's message.</param>
    /// <param name="address">usted, tú or vos.</param>
    [KernelFunction("say_back")]
    [Description("Says a customer's message back from the agent's side, with its facts and a question that checks them; holds no promise and no new fact.")]
    public string SayBack(
        [Description("The customer's message, unchanged")] string text,
        [Description("How a Spanish-speaking customer is addressed: 'usted', 'tú' or 'vos'")] string address = "usted") =>
        paraphrase.Paraphrase(new ParaphraseRequest(Bounded(text), Address: AddressOf(address))).Text;

    /// <summary>Reviews a draft.</summary>
    /// <param name="draft">What is about to be sent.</param>
    /// <param name="customerMessage">What it answers.</param>
    [KernelFunction("review_draft")]
    [Description("Reviews an answer before it is sent to an upset customer: blame, promises, empty empathy, orders and others, with a mended version. Call it before you send.")]
    public ReviewedDraft ReviewDraft(
        [Description("The answer that is about to be sent")] string draft,
        [Description("The customer's message that it answers; may be empty")] string customerMessage = "")
    {
        ArgumentNullException.ThrowIfNull(draft);
        var result = drafts.Review(new DraftRequest(Bounded(draft), CustomerTexts: string.IsNullOrWhiteSpace(customerMessage) ? [] : [Bounded(customerMessage)]));
        return new ReviewedDraft(result.IsGood, [.. result.Findings.Select(f => new DraftAdvice(f.Rule, Camel(f.Severity), f.Evidence.Text, f.Why, f.Suggestion))], result.Rewrite);
    }

    /// <summary>Tells where a conversation stands.</summary>
    /// <param name="messages">The conversation, oldest first.</param>
    /// <exception cref="ArgumentException">A speaker is neither customer nor agent.</exception>
    [KernelFunction("next_step")]
    [Description("Tells where a conversation stands (tension, trend, steps done), what to say next and why, and whether a person has to take over. Give the whole conversation, oldest message first.")]
    public ConversationAdvice NextStep([Description("The messages, oldest first")] IReadOnlyList<SpokenMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var now = clock.GetUtcNow();
        var conversation = Conversation.Start(ConversationId.Create("kernel"));
        var spoken = messages.Where(m => !string.IsNullOrWhiteSpace(m.Text)).TakeLast(MostMessages).ToList();
        TurnOutcome? last = null;
        for (var i = 0; i < spoken.Count; i++)
        {
            var result = pipeline.Take(conversation, new InboundMessage(MessageId.Create($"m{i}"), SpeakerOf(spoken[i]), Bounded(spoken[i].Text), now), now);
            conversation = result.Conversation;
            last = result.Outcome;
        }

        var escalation = last is { Escalations: [var first, ..] } ? first : null;
        return new ConversationAdvice(
            conversation.CustomerTurns.LastOrDefault()?.Score is { } score ? Camel(score.Level) : null,
            conversation.Tension.Value,
            Camel(conversation.Trend),
            [.. conversation.StepsDone.Select(s => Camel(s))],
            last?.Suggestion?.Technique,
            last?.Suggestion?.Text,
            escalation is null ? null : Camel(escalation.Urgency),
            escalation?.Reason);
    }

    /// <summary>Sums a conversation up.</summary>
    /// <param name="messages">The conversation, oldest first.</param>
    /// <exception cref="ArgumentException">A speaker is neither customer nor agent.</exception>
    [KernelFunction("sum_up_for_handover")]
    [Description("Sums a conversation up for the colleague who takes it over: how it began, what was said last, what shows, what is unanswered.")]
    public string SumUpForHandover([Description("The messages, oldest first")] IReadOnlyList<SpokenMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return writer.WriteOffline(new WritingRequest(WritingKind.HandoverSummary, [.. messages.Select(m => new WritingTurn(SpeakerOf(m), Bounded(m.Text)))])).Text;
    }

    private static string Bounded(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return MessageText.Mend(text.Length <= MessageText.MaxLength ? text : text[..MessageText.MaxLength]);
    }

    private static SpeakerRole SpeakerOf(SpokenMessage message) => message.Speaker?.Trim().ToLowerInvariant() switch
    {
        "customer" or "user" => SpeakerRole.Customer,
        "agent" or "assistant" => SpeakerRole.Agent,
        _ => throw new ArgumentException($"The speaker '{message.Speaker}' is neither 'customer' nor 'agent'."),
    };

    private static AddressForm AddressOf(string address) => address.Trim().ToLowerInvariant() switch
    {
        "tú" or "tu" => AddressForm.Tu,
        "vos" => AddressForm.Vos,
        _ => AddressForm.Usted,
    };

    private static string Camel<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return string.Concat(char.ToLowerInvariant(name[0]).ToString(), name.AsSpan(1));
    }
}
