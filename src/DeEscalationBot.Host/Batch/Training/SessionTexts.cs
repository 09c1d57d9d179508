using System.Globalization;
using System.Text;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Coaching.Training;
using DeEscalationBot.Host.Pages.Texts;
using Microsoft.Extensions.Localization;

namespace DeEscalationBot.Host.Batch.Training;

/// <summary>A session of the training room as plain text for a terminal, in the language of the current culture.</summary>
/// <param name="room">The texts of the training room.</param>
/// <param name="pages">The texts for levels, steps and practices.</param>
internal sealed class SessionTexts(IStringLocalizer<TrainingTexts> room, IStringLocalizer<PageTexts> pages)
{
    private const int LongestQuotation = 60;

    /// <summary>Said of a line that no message may be.</summary>
    public string TooLong => room["Room.TooLong"];

    /// <summary>What the trainee knows beforehand.</summary>
    /// <param name="session">The session.</param>
    public string Brief(TrainingSession session)
    {
        var s = session.Situation;
        var text = new StringBuilder()
            .AppendLine(CultureInfo.CurrentCulture, $"{s.Industry} · {s.Title}")
            .AppendLine(CultureInfo.CurrentCulture, $"{s.Customer} · {room["Room.Temper", s.Temper.Name].Value} · {room["Room.Goal." + s.Goal].Value}")
            .AppendLine()
            .AppendLine(s.Brief)
            .AppendLine()
            .AppendLine(CultureInfo.CurrentCulture, $"{room["Room.Known"].Value}:");
        AddList(text, s.Known);
        text.AppendLine(CultureInfo.CurrentCulture, $"{room["Room.Allowed"].Value}:");
        AddList(text, s.Allowed);
        return text.AppendLine().AppendLine(room["Room.VerbHelp"]).AppendLine(room["Room.Seed", session.Seed]).ToString();
    }

    /// <summary>What the customer said last, with its level.</summary>
    /// <param name="session">The session.</param>
    public string LastWords(TrainingSession session)
    {
        var turn = session.Conversation.CustomerTurns.Last();
        var level = turn.Score is { } score ? $" ({pages.Level(score.Level)})" : "";
        return $"{session.Situation.Customer}{level}: {turn.Text}";
    }

    /// <summary>What the coach would say now.</summary>
    /// <param name="session">The session.</param>
    public string Hint(TrainingSession session) =>
        session.Conversation.Suggestions.GetValueOrDefault(session.Conversation.Turns.Count - 1) is { } hint
            ? $"  [{hint.Technique}] {hint.Title}: {hint.Text}"
            : $"  {room["Room.NoHint"].Value}";

    /// <summary>What an answer did.</summary>
    /// <param name="moment">The answer.</param>
    public string WhatItDid(TrainingMoment moment)
    {
        var text = new StringBuilder("  ").Append(Change(moment));
        foreach (var step in moment.Steps)
        {
            text.Append(" · ").Append(room["Room.Step", pages.Step(step)].Value);
        }

        foreach (var finding in moment.Findings.Where(f => f.Severity != FindingSeverity.Note))
        {
            text.AppendLine().Append(CultureInfo.CurrentCulture, $"  [{finding.Playbook}] “{Shorten(finding.Evidence.Text)}” {finding.Why}");
        }

        return text.ToString();
    }

    /// <summary>The look back.</summary>
    /// <param name="debrief">The debrief.</param>
    public string Debrief(TrainingDebrief debrief)
    {
        var text = new StringBuilder()
            .AppendLine()
            .AppendLine(CultureInfo.CurrentCulture, $"== {room["Room.Debrief"].Value}: {room["Room.Ending." + debrief.Ending].Value} ==")
            .AppendLine(debrief.Summary)
            .AppendLine()
            .AppendLine(CultureInfo.CurrentCulture, $"{room["Room.Curve"].Value}: {string.Join(" → ", debrief.Curve.Select(p => p.Percent()))}")
            .AppendLine(CultureInfo.CurrentCulture, $"{room["Room.StepsDone"].Value} (A10): {Steps(debrief.StepsDone)}")
            .AppendLine(CultureInfo.CurrentCulture, $"{room["Room.StepsOpen"].Value}: {Steps(debrief.StepsOpen)}");
        AddMoments(text, room["Room.Helped"], debrief, debrief.Helped);
        AddMoments(text, room["Room.Hurt"], debrief, debrief.Hurt);
        if (debrief.Better.Count > 0)
        {
            text.AppendLine(CultureInfo.CurrentCulture, $"{room["Room.Better"].Value}:");
            foreach (var better in debrief.Better)
            {
                var said = debrief.Moments[better.Moment].Text;
                text.AppendLine(CultureInfo.CurrentCulture, $"  [{better.Playbook}] {better.Text}")
                    .AppendLine(CultureInfo.CurrentCulture, $"      {room["Room.InsteadOf", said.Length == 0 ? room["Room.Silence"].Value : Shorten(said)].Value}. {better.Why}");
            }
        }

        return text.ToString().TrimEnd();
    }

    private string Change(TrainingMoment moment) =>
        moment.Calmed ? room["Room.Calmed", moment.Before.Percent(), moment.After.Percent()]
        : moment.Heated ? room["Room.Heated", moment.Before.Percent(), moment.After.Percent()]
        : room["Room.Same", moment.After.Percent()];

    private string Steps(IReadOnlyList<Core.Coaching.ConversationStep> steps) =>
        steps.Count == 0 ? room["Room.None"] : string.Join(", ", steps.Select(s => pages.Step(s)));

    private void AddMoments(StringBuilder text, string title, TrainingDebrief debrief, IReadOnlyList<int> places)
    {
        if (places.Count == 0)
        {
            return;
        }

        text.AppendLine(CultureInfo.CurrentCulture, $"{title}:");
        foreach (var moment in places.Select(p => debrief.Moments[p]))
        {
            text.AppendLine(CultureInfo.CurrentCulture, $"  {Change(moment)} · “{(moment.Text.Length == 0 ? room["Room.Silence"].Value : Shorten(moment.Text))}”");
        }
    }

    private static void AddList(StringBuilder text, IReadOnlyList<string> items)
    {
        foreach (var item in items)
        {
            text.AppendLine(CultureInfo.CurrentCulture, $"  - {item}");
        }
    }

    private static string Shorten(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= LongestQuotation ? line : string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[LongestQuotation - 2]) ? LongestQuotation - 2 : LongestQuotation - 1), "…");
    }
}
