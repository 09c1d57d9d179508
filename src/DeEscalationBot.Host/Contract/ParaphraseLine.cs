using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.Paraphrasing;

namespace DeEscalationBot.Host.Contract;

/// <summary>The answer of <c>paraphrase</c>, without the <c>id</c> that the door adds.</summary>
/// <param name="Language">es, en or und.</param>
/// <param name="Paraphrase">What the agent can say back.</param>
/// <param name="Openers">Questions that invite the customer to tell more.</param>
public sealed record ParaphraseLine(string Language, string Paraphrase, IReadOnlyList<string> Openers)
{
    /// <summary>Writes a paraphrase.</summary>
    /// <param name="result">The paraphrase.</param>
    public static ParaphraseLine From(ParaphraseResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new ParaphraseLine(result.Language.Code(), result.Text, result.Openers);
    }
}
