using System.Text.Json.Nodes;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;
using static DeEscalationBot.Host.Channels.BotFramework.Cards.CardParts;

namespace DeEscalationBot.Host.Channels.BotFramework.Cards;

/// <summary>What the review says of an agent's draft: each finding with its words, why, and what to put instead; and the whole in other words.</summary>
public static class DraftReviewCard
{
    /// <summary>Builds it.</summary>
    /// <param name="review">The review.</param>
    /// <param name="conversation">The conversation that the draft answers, or nothing.</param>
    /// <param name="audience">Who reads it, and where.</param>
    public static RenderedCard Build(DraftReviewResult review, ConversationId? conversation, CardAudience audience)
    {
        ArgumentNullException.ThrowIfNull(review);
        ArgumentNullException.ThrowIfNull(audience);
        var texts = CardWording.In(audience.Language);
        var count = review.Findings.Count;
        var content = CardBudget.Fit(limits => Card(
            texts,
            texts["Draft.Summary"],
            [
                Heading(texts["Draft.Heading"]),
                count == 0 ? Text(texts["Draft.IsGood"]) : Text(texts["Draft.Findings", count], isQuiet: true),
                .. Findings(review, texts, limits),
                Buttons(
                    DraftForm(audience, texts["Draft.Again"], CoachingCard.About(conversation)),
                    conversation is { } id ? Open(audience, texts["Coaching.Open"], "/sidebar/" + Uri.EscapeDataString(id.Value)) : null),
            ]));
        return new RenderedCard(content, texts["Draft.Summary"]);
    }

    /// <summary>What stands under the count: how it may land, each finding, and the whole in other words.</summary>
    internal static IEnumerable<JsonObject?> Findings(DraftReviewResult review, CardWording texts, CardLimits limits)
    {
        var findings = review.Findings.OrderByDescending(f => f.Severity).ThenBy(f => f.Evidence.Start).ToArray();
        return
        [
            Effect("Effect.Draft", findings.Length == 0 ? null : review.Effect, texts),
            .. findings.Take(limits.Items).Select(f => Finding(f, texts, limits)),
            findings.Length > limits.Items ? Text(texts["Draft.MoreFindings", findings.Length - limits.Items], isQuiet: true) : null,
            .. Rewrite(review, texts, limits),
        ];
    }

    private static JsonObject Finding(DraftFinding finding, CardWording texts, CardLimits limits) => Box(
        [
            Line(
                Run(texts.Of("Severity", finding.Severity) + "  ", RunStyle.Strong),
                Run("\u2068" + CardWords.Clean(finding.Evidence.Text, limits.Words) + "\u2069", RunStyle.Marked)),
            Line(Run(CardWords.Clean(finding.Why, limits.Words) + " "), Run(texts.Playbook(finding.Playbook), RunStyle.Quiet)),
            finding.Suggestion switch
            {
                null => null,
                var fix when string.IsNullOrWhiteSpace(fix) => Text(texts["Draft.Remove"]),
                var fix => Line(Run(texts["Draft.Instead", CardWords.Clean(fix, limits.Words)])),
            },
        ],
        style: finding.Severity switch
        {
            FindingSeverity.Note => "default",
            FindingSeverity.Warning => "warning",
            FindingSeverity.Block => "attention",
            _ => throw new InvalidOperationException($"The severity {finding.Severity} has no style."),
        });

    // Whole or not at all: half a text would be copied and sent.
    private static IEnumerable<JsonObject?> Rewrite(DraftReviewResult review, CardWording texts, CardLimits limits) => review.Rewrite switch
    {
        null or "" => [],
        var rewrite when rewrite.Length > limits.Words * 3 => [Text(texts["Draft.RewriteTooLong"], isQuiet: true)],
        var rewrite => [Label(texts["Draft.RewriteHeading"]), Said(rewrite, int.MaxValue), Effect("Effect.Rewrite", review.RewriteEffect, texts)],
    };

    private static JsonObject? Effect(string which, DraftEffect? effect, CardWording texts) =>
        effect is null ? null : Text($"{texts[which]} {texts[$"Effect.{effect.Likely}.{effect.Sureness}"]}", isQuiet: true);
}
