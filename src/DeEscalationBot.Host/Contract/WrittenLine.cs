using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.Writing;

namespace DeEscalationBot.Host.Contract;

/// <summary>A text for an agent as it leaves the product.</summary>
/// <param name="Kind">What was asked for.</param>
/// <param name="Language">es or en.</param>
/// <param name="Text">The text; empty when nothing is needed.</param>
/// <param name="Origin">offline, languageModel or repaired.</param>
/// <param name="Reason">Why it is the offline one; none otherwise.</param>
/// <param name="Faults">What was wrong with the language model's text, when that is the reason.</param>
/// <param name="Missing">What a letter still needs from a person.</param>
/// <param name="PromptVersion">The hash of the prompt that it comes from, or nothing.</param>
public sealed record WrittenLine(
    WritingKind Kind,
    string Language,
    string Text,
    WritingOrigin Origin,
    OfflineReason Reason,
    IReadOnlyList<WritingFault> Faults,
    IReadOnlyList<MissingFact> Missing,
    string? PromptVersion)
{
    /// <summary>Writes a text.</summary>
    /// <param name="text">The text.</param>
    public static WrittenLine From(WrittenText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new WrittenLine(text.Kind, text.Language.Code(), text.Text, text.Origin, text.Reason, text.Faults, text.Missing, text.PromptVersion);
    }
}

/// <summary>One event of a text that is being written. Each replaces the one before.</summary>
/// <param name="Text">What can be shown now; it has passed every check.</param>
/// <param name="IsFinal">Whether it is the last one.</param>
/// <param name="Result">The result; with the offline words that come first, and with the last event.</param>
public sealed record WritingStepLine(string Text, bool IsFinal, WrittenLine? Result)
{
    /// <summary>Writes a step.</summary>
    /// <param name="step">The step.</param>
    public static WritingStepLine From(WritingStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return new WritingStepLine(step.Text, step.IsFinal, step.Result is null ? null : WrittenLine.From(step.Result));
    }
}
