using System.Globalization;
using System.Text;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Escalation;

/// <summary>The words in which a conversation is told in three lines, as in <c>triggers.yaml</c>.</summary>
public sealed class SummaryTexts
{
    /// <summary>The first line, how it began: <c>{words}</c>.</summary>
    public required string Began { get; init; }

    /// <summary>The second line, the customer's hottest message: <c>{level}</c> and <c>{words}</c>.</summary>
    public required string Hottest { get; init; }

    /// <summary>The second line when the first message was the hottest and more came: <c>{words}</c>, the last one.</summary>
    public required string Last { get; init; }

    /// <summary>The second line when there is one message of the customer's only.</summary>
    public required string OnlyOne { get; init; }

    /// <summary>The third line, what the agent tried: <c>{steps}</c> and <c>{messages}</c>.</summary>
    public required string Tried { get; init; }

    /// <summary>The third line when the agent has answered without doing a step: <c>{messages}</c>.</summary>
    public required string NothingTried { get; init; }

    /// <summary>The third line when the agent has not answered.</summary>
    public required string Unanswered { get; init; }

    /// <summary>Names of the levels.</summary>
    public required IReadOnlyDictionary<FrustrationLevel, string> Levels { get; init; }

    /// <summary>Names of the seven steps.</summary>
    public required IReadOnlyDictionary<ConversationStep, string> Steps { get; init; }
}

/// <summary>Tells a conversation to a person who has not read it: three lines, the signals with their words, what was tried.</summary>
/// <remarks>Pure; safe for concurrent use. Quotes what was written, without personal data (<see cref="PiiRedactor"/>), and adds nothing: no guess at motives.</remarks>
public sealed class AlertBriefing
{
    /// <summary>The longest quotation in a line, in UTF-16 units: 140.</summary>
    public const int MaxQuotation = 140;

    private readonly SummaryTexts _spanish;
    private readonly SummaryTexts _english;

    /// <summary>Makes a briefing.</summary>
    /// <param name="spanish">The Spanish words.</param>
    /// <param name="english">The English words.</param>
    /// <exception cref="ArgumentException">A level or a step has no name.</exception>
    public AlertBriefing(SummaryTexts spanish, SummaryTexts english)
    {
        _spanish = Checked(spanish, "es");
        _english = Checked(english, "en");
    }

    /// <summary>The brief for a decision.</summary>
    /// <param name="conversation">The conversation with the turn applied.</param>
    /// <param name="decision">The decision.</param>
    public AlertBrief Of(Conversation conversation, EscalationDecision decision)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(decision);
        var last = conversation.CustomerTurns.LastOrDefault();
        return new AlertBrief(
            [.. (last?.Score?.Signals ?? []).Select(s => new AlertSign(s.Type, Math.Round(s.Confidence.Value, 4), [.. s.Evidence.Take(3).Select(e => Quotation(PiiRedactor.RedactPart(last!.Text, e.Start, e.Length)))]))],
            Math.Round(conversation.Tension.Value, 4),
            conversation.Trend,
            decision.Trigger.ToString(),
            Summary(conversation),
            [.. conversation.StepsDone],
            [.. conversation.Suggestions.OrderBy(s => s.Key).Select(s => s.Value.Technique).Distinct(StringComparer.Ordinal)]);
    }

    private string[] Summary(Conversation conversation)
    {
        var texts = conversation.Language == MessageLanguage.English ? _english : _spanish;
        var customer = conversation.CustomerTurns.ToArray();
        if (customer.Length == 0)
        {
            return [];
        }

        var first = customer[0];
        var hottest = customer.MaxBy(t => Tension.IntensityOf(t.Score!).Value)!;
        var second = customer.Length == 1 ? texts.OnlyOne
            : hottest.Index == first.Index ? With(texts.Last, customer[^1].Text)
            : With(texts.Hottest, hottest.Text).Replace("{level}", texts.Levels[hottest.Score!.Level], StringComparison.Ordinal);
        var answers = conversation.Turns.Count - customer.Length;
        var third = answers == 0 ? texts.Unanswered : conversation.StepsDone.IsEmpty ? texts.NothingTried : texts.Tried;
        return
        [
            With(texts.Began, first.Text),
            second,
            third
                .Replace("{messages}", answers.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{steps}", string.Join(", ", conversation.StepsDone.Select(s => texts.Steps[s])), StringComparison.Ordinal),
        ];
    }

    // Redacted before it is cut: half a card number is not known as one any more.
    private static string With(string line, string text) => line.Replace("{words}", Quotation(PiiRedactor.Redact(text).Text), StringComparison.Ordinal);

    /// <summary>A text on one line, cut at a word when it is long.</summary>
    /// <param name="text">The text.</param>
    internal static string Quotation(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, MaxQuotation + 1));
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var room = MaxQuotation - line.Length - (line.Length > 0 ? 1 : 0);
            if (word.Length > room)
            {
                // A single word that is longer than a line is cut, and never between the halves of a pair.
                if (line.Length == 0)
                {
                    line.Append(word, 0, char.IsHighSurrogate(word[room - 1]) ? room - 1 : room);
                }

                return line.Append('…').ToString();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        return line.ToString();
    }

    private static SummaryTexts Checked(SummaryTexts texts, string language)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var level = Enum.GetValues<FrustrationLevel>().Where(l => !texts.Levels.ContainsKey(l)).Select(l => (Enum?)l).FirstOrDefault();
        var step = Enum.GetValues<ConversationStep>().Where(s => !texts.Steps.ContainsKey(s)).Select(s => (Enum?)s).FirstOrDefault();
        return (level ?? step) is { } missing ? throw new ArgumentException($"triggers.yaml ({language}) has no name for '{missing}' in its summary.", nameof(texts)) : texts;
    }
}
