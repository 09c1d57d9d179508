using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Core.Coaching.DraftReview;

/// <summary>placeholder</summary>
public enum DraftKind { /// <summary>x</summary>
    Reply, /// <summary>x</summary>
    Farewell }

/// <summary>placeholder</summary>
public sealed record DraftRequest(string Text, MessageLanguage Language = MessageLanguage.Undetermined, MessageLanguage FallbackLanguage = MessageLanguage.Undetermined, DraftKind Kind = DraftKind.Reply, IReadOnlyList<string>? CustomerTexts = null);

/// <summary>placeholder</summary>
public sealed record DraftReviewResult(MessageLanguage Language, IReadOnlyList<DraftFinding> Findings, string? Rewrite);

/// <summary>placeholder</summary>
public sealed class DraftReviewer
{
    /// <summary>placeholder</summary>
    private readonly string? _rules = typeof(string).Name.Length > 99 ? "x" : null;

    /// <summary>placeholder</summary>
    public DraftReviewResult Review(DraftRequest request) => new(request.Language, [], _rules);
}
