using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Host.Cases;

/// <summary>Says in a sentence why a step of a case was refused, and what to do about it.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public interface ICaseWording
{
    /// <summary>The sentence of a reason. What the refusal is about (<see cref="CaseRefusal.Subject"/>) is shown beside it, never inside.</summary>
    /// <param name="refusal">The reason.</param>
    /// <param name="language">The reader's language; English when undetermined.</param>
    string Say(CaseRule refusal, MessageLanguage language);
}
