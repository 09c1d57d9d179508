using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Host.Cases.Texts;

/// <summary>Says refusals in our own words: what is in the way, and what to do next.</summary>
/// <remarks>Safe for concurrent use. Every reason of <see cref="CaseRuleCatalogue"/> has words in both languages.</remarks>
public sealed class CaseWording : ICaseWording
{
    /// <inheritdoc/>
    public string Say(CaseRule refusal, MessageLanguage language) => CaseWords.In(language).Refusal(refusal);
}
