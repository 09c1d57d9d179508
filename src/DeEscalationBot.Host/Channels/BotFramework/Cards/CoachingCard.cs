using System.Text.Json.Nodes;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Pipeline;
using DeEscalationBot.Core.Scoring;
using static DeEscalationBot.Host.Channels.BotFramework.Cards.CardParts;

namespace DeEscalationBot.Host.Channels.BotFramework.Cards;

/// <summary>What a coaching card is made of.</summary>
/// <param name="Score">The score of the customer's message.</param>
/// <param name="StepsDone">The steps (A10) done so far.</param>
/// <param name="Suggestion">The one suggestion, or nothing when there is nothing to add.</param>
/// <param name="Conversation">The conversation, or nothing for a message on its own.</param>
/// <param name="Trend">Where the tension is heading; nothing for a message on its own.</param>
/// <param name="Paraphrase">The message said back, where the suggestion is something else; or nothing.</param>
/// <param name="Variant">How many times another way was asked for.</param>
public sealed record CoachingAdvice(
    UtteranceScore Score,
    IReadOnlyCollection<ConversationStep> StepsDone,
    Suggestion? Suggestion,
    ConversationId? Conversation = null,
    TensionTrend? Trend = null,
    string? Paraphrase = null,
    int Variant = 0)
{
    /// <summary>What came of a customer's message.</summary>
    /// <param name="outcome">The outcome; of a message of the customer.</param>
    /// <exception cref="ArgumentException">It is an agent's message, which has no score.</exception>
    public static CoachingAdvice Of(TurnOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return new CoachingAdvice(
            outcome.Turn.Score ?? throw new ArgumentException("An agent's message has no score.", nameof(outcome)),
            outcome.Turn.StepsDone, outcome.Suggestion, outcome.Conversation, outcome.Turn.Trend);
    }
}

/// <summary>What the agent sees about a customer's message: the level, the words that show it, one suggestion, the next step, and why.</summary>
public static class CoachingCard
{
    private const string WhyPart = "why";

    /// <summary>Builds it.</summary>
    /// <param name="coaching">What it shows.</param>
    /// <param name="audience">Who reads it, and where.</param>
    public static RenderedCard Build(CoachingAdvice coaching, CardAudience audience)
    {
        ArgumentNullException.ThrowIfNull(coaching);
        ArgumentNullException.ThrowIfNull(audience);
        var texts = CardWording.In(audience.Language);
        var level = texts.Of("Level", coaching.Score.Level);
        var summary = texts["Coaching.Summary", level];
        var content = CardBudget.Fit(limits => Card(
            texts,
            summary,
            [
                Head(coaching, texts, level, limits),
                Evidence(coaching.Score, texts, limits),
                .. Advice(coaching, texts, limits),
                Step(coaching, texts),
                Why(coaching, audience, texts, limits),
                .. Actions(coaching, audience, texts),
            ]));
        return new RenderedCard(content, summary);
    }

    internal static JsonObject Head(CoachingAdvice coaching, CardWording texts, string level, CardLimits limits)
    {
        var scale = texts["Coaching.Level", (int)coaching.Score.Level + 1];
        return Beside(
            limits.ShowsPictures ? Picture(CardPictures.Level(coaching.Score.Level), $"{level}. {scale}", CardPictures.LevelWidth) : null,
            Heading(level),
            Text(coaching.Trend is { } trend ? $"{scale} · {texts.Of("Trend", trend)}" : scale, isQuiet: true));
    }

    // Each sign by its name, with the words that show it.
    internal static JsonObject? Evidence(UtteranceScore score, CardWording texts, CardLimits limits)
    {
        var signs = score.Signals.Where(s => s.Type != SignalType.BehaviourChange).Take(limits.Items).ToArray();
        return signs.Length == 0 ? null : Box(
        [
            Label(texts["Coaching.Customer"]),
            .. signs.Select(s => CardSigns.Line(
                texts,
                s.Confidence.Value < 0.5 ? texts["Coaching.Maybe", texts.Of("Signal", s.Type)] : texts.Of("Signal", s.Type),
                [.. s.Evidence.Select(e => e.Text)],
                limits)),
        ]);
    }

    internal static IEnumerable<JsonObject> Advice(CoachingAdvice coaching, CardWording texts, CardLimits limits)
    {
        if (coaching.Suggestion is not { } suggestion)
        {
            yield return Text(texts["Coaching.Quiet"]);
            yield break;
        }

        // The title comes from the playbook, which people edit: it is shown letter by letter, as the words are.
        yield return Label(texts["Coaching.Heading"]);
        yield return Line(Run(CardWords.Clean(suggestion.Title, limits.Words), RunStyle.Strong));
        yield return Said(suggestion.Text, limits.Words);
        if (coaching.Paraphrase is { Length: > 0 } paraphrase && !string.Equals(paraphrase, suggestion.Text, StringComparison.Ordinal))
        {
            yield return Label(texts["Coaching.SayBack"]);
            yield return Said(paraphrase, limits.Words);
        }

        if (suggestion.Openers.Count > 0)
        {
            yield return Box([Label(texts["Coaching.Openers"]), .. suggestion.Openers.Take(2).Select(o => Line(Run(CardWords.Clean(o, limits.Words))))]);
        }
    }

    // What is next, never how many are done: a score would be played for.
    internal static JsonObject Step(CoachingAdvice coaching, CardWording texts)
    {
        var open = Enum.GetValues<ConversationStep>().Except(coaching.StepsDone).ToArray();
        return open.Length == 0
            ? Text(texts["Coaching.StepsDone"])
            : Line(Run(texts["Coaching.Step"] + ": ", RunStyle.Quiet), Run(texts.Of("Step", open[0]), RunStyle.Strong));
    }

    // Whoever looks at the reason can say whether it was of use; the others are not asked.
    internal static JsonObject? Why(CoachingAdvice coaching, CardAudience audience, CardWording texts, CardLimits limits) => coaching.Suggestion is not { } suggestion ? null : Box(
        [
            Line(Run(CardWords.Clean(suggestion.Why, limits.Words))),
            Line(Run(texts.Playbook(suggestion.Technique), RunStyle.Quiet)),
            Buttons(Feedback(coaching.Conversation, "yes", texts["Coaching.Useful"], audience.Surface), Feedback(coaching.Conversation, "no", texts["Coaching.NotUseful"], audience.Surface)),
        ],
        id: WhyPart,
        isVisible: false);

    private static JsonObject Feedback(ConversationId? conversation, string answer, string title, CardSurface surface)
    {
        var data = About(conversation);
        data[CardFields.Useful] = answer;
        return Press(surface, CardVerbs.Feedback, title, data);
    }

    // In rows of two and three: in a narrow chat more of them would have no room for their words.
    private static IEnumerable<JsonObject?> Actions(CoachingAdvice coaching, CardAudience audience, CardWording texts)
    {
        var about = About(coaching.Conversation);
        var next = about.DeepClone().AsObject();
        next[CardFields.Variant] = coaching.Variant + 1;
        var hasSuggestion = coaching.Suggestion is not null;
        yield return Buttons(
            hasSuggestion && coaching.Conversation is not null ? Press(audience.Surface, CardVerbs.Another, texts["Coaching.Another"], next) : null,
            DraftForm(audience, texts["Coaching.Review"], about.DeepClone().AsObject()));
        yield return Buttons(
            ShowWhy(coaching, texts),
            coaching.Conversation is not null ? Press(audience.Surface, CardVerbs.Help, texts["Coaching.Help"], about.DeepClone().AsObject()) : null,
            coaching.Conversation is { } id ? Open(audience, texts["Coaching.Open"], "/sidebar/" + Uri.EscapeDataString(id.Value)) : null);
    }

    /// <summary>The button that shows and hides <see cref="Why"/>; nothing where there is nothing to explain.</summary>
    internal static JsonObject? ShowWhy(CoachingAdvice coaching, CardWording texts) => coaching.Suggestion is null ? null : Toggle(texts["Coaching.Why"], WhyPart);

    /// <summary>What buttons bring along of a conversation.</summary>
    /// <param name="conversation">The conversation, or nothing.</param>
    internal static JsonObject About(ConversationId? conversation) => conversation is { } id ? new JsonObject { [CardFields.Conversation] = id.Value } : [];
}
