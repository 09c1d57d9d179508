using System.Text.Json;
using System.Text.Json.Serialization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Plugin.Scoring.MlNet;

namespace DeEscalationBot.Core.Tests.Scoring;

/// <summary>
/// 4,561 messages of somebody who knew the annotation guide and no line of the corpus, and who meant to make the scorer fail
/// (<c>strangers.jsonl</c>): threats behind a greeting and in the middle of a story, farewells that begin like a threat, praise that begins
/// like an insult, reports in short sentences. The figures are no rates of real traffic; they show where a change does harm.
/// </summary>
public sealed class StrangersTests
{
    private static readonly MlNetScorer Scorer = new(ModelLoader.Load(Path.Combine(AppContext.BaseDirectory, "models", "frustration.zip")), ThePlaybook.Signals);

    private static readonly Judged[] Messages = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Scoring", "strangers.jsonl")).Select(Judge)];

    // The bars are what is reached; before the lines, phrases and parts that answered these messages it was 104/75, 99/80, 22/11 and 145/40.
    [Theory]
    [InlineData(SignalType.Abuse, 84, 21)]
    [InlineData(SignalType.Threat, 38, 24)]
    [InlineData(SignalType.Blackmail, 18, 5)]
    [InlineData(SignalType.Vulnerability, 63, 24)]
    public void Score_WhatIsGrave_IsSeldomMissedAndSeldomHeardWhereItIsNot(SignalType signal, int mostMissed, int mostFalse)
    {
        var missed = Messages.Where(m => m.Message.Has(signal) && !m.Score.Has(signal, LevelPolicy.Given)).ToArray();
        var wrong = Messages.Where(m => !m.Message.MayHave(signal) && m.Score.Has(signal, LevelPolicy.Given)).ToArray();

        Assert.True(missed.Length <= mostMissed, $"{missed.Length} missed:{Environment.NewLine}{Texts(missed)}");
        Assert.True(wrong.Length <= mostFalse, $"{wrong.Length} wrong:{Environment.NewLine}{Texts(wrong)}");
    }

    [Fact]
    public void Score_CalmMessages_SeldomAlarm()
    {
        var calm = Messages.Where(m => m.Message.Level == 0).ToArray();
        var alarming = calm.Where(m => m.Score.Frustration.Value >= 0.5).ToArray();
        var hostile = calm.Where(m => m.Score.Level == FrustrationLevel.Hostile).ToArray();

        Assert.Equal(2_980, calm.Length);
        Assert.True(alarming.Length <= 215, $"{alarming.Length} alarming:{Environment.NewLine}{Texts(alarming)}");
        Assert.True(hostile.Length <= 29, $"{hostile.Length} hostile:{Environment.NewLine}{Texts(hostile)}");
    }

    [Fact]
    public void Score_Level_IsSeldomOffByTwo()
    {
        var off = Messages.Where(m => Math.Abs((int)m.Score.Level - m.Message.Level) >= 2).ToArray();

        Assert.True(off.Length <= 375, $"{off.Length} off by two or more:{Environment.NewLine}{Texts(off)}");
    }

    private static string Texts(IEnumerable<Judged> messages) => string.Join(Environment.NewLine, messages.Take(40).Select(m => m.Message.Text));

    private static Judged Judge(string line)
    {
        var message = JsonSerializer.Deserialize<Message>(line, JsonSerializerOptions.Web)!;
        return new Judged(message, Scorer.Score(message.Text, message.Language == "es" ? MessageLanguage.Spanish : MessageLanguage.English));
    }

    private sealed record Judged(Message Message, UtteranceScore Score);

    /// <summary>A line of the file.</summary>
    /// <param name="Language"><c>es</c> or <c>en</c>.</param>
    /// <param name="Level">0 to 4.</param>
    /// <param name="SignalNames">The signals that are there.</param>
    /// <param name="Text">What was written.</param>
    private sealed record Message(string Language, int Level, [property: JsonPropertyName("signals")] string[] SignalNames, string Text)
    {
        /// <summary>Those that one may hear and need not.</summary>
        [JsonPropertyName("optional")]
        public string[] OptionalNames { get; init; } = [];

        public bool Has(SignalType signal) => SignalNames.Contains(signal.ToString(), StringComparer.OrdinalIgnoreCase);

        public bool MayHave(SignalType signal) => Has(signal) || OptionalNames.Contains(signal.ToString(), StringComparer.OrdinalIgnoreCase);
    }
}
