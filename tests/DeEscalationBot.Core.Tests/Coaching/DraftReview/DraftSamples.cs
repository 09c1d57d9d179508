using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;

namespace DeEscalationBot.Core.Tests.Coaching.DraftReview;

/// <summary>Turns the lines of the sample files into requests and holds the reviewer of the playbook as it ships.</summary>
internal static class DraftSamples
{
    public static DraftReviewer Reviewer { get; } = ThePlaybook.Drafts;

    public static TheoryData<string> Lines(params string[] samples) => new(samples.SelectMany(s => s.Split('\n')).Select(l => l.Trim()).Where(l => l.Length > 0));

    public static DraftRequest Request(string line, MessageLanguage language = MessageLanguage.Undetermined)
    {
        var kind = line.StartsWith("F ", StringComparison.Ordinal) ? DraftKind.Farewell : DraftKind.Reply;
        var parts = (kind == DraftKind.Farewell ? line[2..] : line).Split("||");
        return new DraftRequest(parts[0].Trim(), language, Kind: kind, CustomerTexts: parts.Length > 1 ? [.. parts[1..].Select(p => p.Trim())] : null);
    }

    /// <summary>Divides "F rule | draft" into the rule and "F draft".</summary>
    public static (string Rule, DraftRequest Request) Labelled(string line)
    {
        var farewell = line.StartsWith("F ", StringComparison.Ordinal) ? "F " : string.Empty;
        var parts = line[farewell.Length..].Split(" | ", 2);
        return (parts[0], Request(farewell + parts[1]));
    }
}
