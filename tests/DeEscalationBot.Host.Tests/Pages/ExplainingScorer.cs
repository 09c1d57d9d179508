using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Host.Tests.Pages;

/// <summary>Explains as a test tells it to, and counts how often it was asked; scores nothing.</summary>
internal sealed class ExplainingScorer : IUtteranceScorer
{
    private int _asked;

    public Func<string, ScoreExplanation> Explains { get; set; } = _ => new ScoreExplanation([]);

    public int Asked => _asked;

    public UtteranceScore Score(string text, MessageLanguage language = MessageLanguage.Undetermined, MessageLanguage fallback = MessageLanguage.Undetermined) =>
        throw new InvalidOperationException("A page shows the score of the record and makes none.");

    public ScoreExplanation Explain(string text, MessageLanguage language = MessageLanguage.Undetermined, MessageLanguage fallback = MessageLanguage.Undetermined)
    {
        Interlocked.Increment(ref _asked);
        return Explains(text);
    }
}
