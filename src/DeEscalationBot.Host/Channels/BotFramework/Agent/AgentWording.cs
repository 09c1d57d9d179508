using System.Text;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Host.Pages.Texts;
using Microsoft.Extensions.Localization;

namespace DeEscalationBot.Host.Channels.BotFramework.Agent;

/// <summary>Says in plain words what the cards show: for clients without cards, for notifications, and for screen readers. Language: the current UI culture.</summary>
/// <param name="texts">The sentences.</param>
/// <param name="words">The names of levels, trends and steps.</param>
public sealed class AgentWording(IStringLocalizer<AgentTexts> texts, IStringLocalizer<PageTexts> words)
{
    /// <summary>The coaching on a customer's message.</summary>
    /// <param name="view">What is known.</param>
    public string Coaching(CoachingView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var text = new StringBuilder();
        text.Append(texts["Coaching.Level", words.Level(view.Score.Level), view.Turn.Tension.Percent(), words.Trend(view.Turn.Trend)].Value);
        if (view.Evidence is { Count: > 0 } evidence)
        {
            text.Append('\n').Append(texts["Coaching.Words", string.Join(", ", evidence.Select(e => $"«{e.Text}»"))].Value);
        }

        foreach (var escalation in view.Escalations)
        {
            text.Append('\n').Append(texts["Coaching.Escalation", words.Urgency(escalation.Urgency), escalation.Reason, escalation.Trigger].Value);
        }

        text.Append("\n\n");
        if (view.Suggestion is { } suggestion)
        {
            text.Append(texts["Coaching.Suggestion", suggestion.Title].Value).Append('\n').Append(suggestion.Text);
            foreach (var opener in suggestion.Openers.Take(1))
            {
                text.Append('\n').Append(opener);
            }

            text.Append("\n\n").Append(texts["Coaching.Why", suggestion.Why, suggestion.Technique].Value);
        }
        else
        {
            text.Append(texts["Coaching.Quiet"].Value);
        }

        if (view.NextStep is { } step && view.Suggestion is not null)
        {
            text.Append('\n').Append(texts["Coaching.NextStep", words.Step(step)].Value);
        }

        return text.ToString();
    }

    /// <summary>What the review of a draft found.</summary>
    /// <param name="result">The review.</param>
    public string Review(DraftReviewResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Findings.Count == 0)
        {
            return texts["Review.Good"];
        }

        var text = new StringBuilder(result.IsGood ? texts["Review.GoodWithNotes"].Value : texts["Review.Findings", result.Findings.Count].Value);
        foreach (var finding in result.Findings)
        {
            text.Append('\n').Append(texts["Review.Finding", finding.Evidence.Text, finding.Why, finding.Playbook].Value);
        }

        return result.Rewrite is { } rewrite
            ? text.Append("\n\n").Append(texts["Review.Rewrite"].Value).Append('\n').Append(rewrite).ToString()
            : text.ToString();
    }

    /// <summary>How a conversation stands.</summary>
    /// <param name="conversation">The conversation, or nothing before its first message.</param>
    public string Status(Conversation? conversation) =>
        conversation?.CustomerTurns.LastOrDefault() is not { Score: { } score }
            ? texts["Status.Nothing"]
            : texts["Status.Now", conversation.Turns.Count, words.Level(score.Level), conversation.Tension.Percent(), words.Trend(conversation.Trend), conversation.StepsDone.Count];
}
