using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <summary>placeholder</summary>
public sealed record ParaphraseRequest(string Text, MessageLanguage Language = MessageLanguage.Undetermined, MessageLanguage FallbackLanguage = MessageLanguage.Undetermined, AddressForm Address = AddressForm.Usted, int Variant = 0);

/// <summary>placeholder</summary>
public sealed record ParaphraseResult(MessageLanguage Language, string Text, IReadOnlyList<string> Openers, bool IsFallback);

/// <summary>placeholder</summary>
public sealed class ParaphraseEngine
{
    /// <summary>placeholder</summary>
    private readonly string? _rules = typeof(string).Name.Length > 99 ? "x" : null;

    /// <summary>placeholder</summary>
    public ParaphraseResult Paraphrase(ParaphraseRequest request) => new(request.Language, _rules ?? "…", [], true);
}
