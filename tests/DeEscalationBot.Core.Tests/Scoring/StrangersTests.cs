using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Plugin.Scoring.MlNet;

namespace DeEscalationBot.Core.Tests.Scoring;

/// <summary>
/// Messages of people who knew the annotation guide and no line of the corpus, and who meant to make the scorer fail. The first (<c>strangers.jsonl</c>, 4,561) wrote threats
/// behind a greeting and in the middle of a story, farewells that begin like a threat, praise that begins like an insult, reports in short sentences. Two others
/// (<c>strangers-2.jsonl</c>, 4,362, a language each) wrote in the manner of chats, posts, reviews and functional tests, and then after what failed: negation, wishes and
/// calls of harm, irony, rhetorical questions, anger at others. The figures are no rates of real traffic; they show where a change does harm.
/// </summary>
public sealed class StrangersTests
{
    private const string First = "strangers.jsonl";
    private const string Second = "strangers-2.jsonl";

    private static readonly MlNetScorer Scorer = new(ModelLoader.Load(Path.Combine(AppContext.BaseDirectory, "models", "frustration.zip")), ThePlaybook.Signals);

    private static readonly ConcurrentDictionary<string, Lazy<Judged[]>> Sets = new(StringComparer.Ordinal);

    // The bars are what is reached. Before the lines, phrases and parts that answered the first set it was 104/75, 99/80, 22/11 and 145/40 there; before those that answered the second
    // 59/130, 281/28, 1/4 and 4/12.
    [Theory]
    [InlineData(First, SignalType.Abuse, 82, 20)]
    [InlineData(First, SignalType.Threat, 34, 24)]
    [InlineData(First, SignalType.Blackmail, 17, 6)]
    [InlineData(First, SignalType.Vulnerability, 66, 24)]
    [InlineData(Second, SignalType.Abuse, 63, 67)]
    [InlineData(Second, SignalType.Threat, 169, 25)]
    [InlineData(Second, SignalType.Blackmail, 1, 3)]
    [InlineData(Second, SignalType.Vulnerability, 3, 8)]
    public void Score_WhatIsGrave_IsSeldomMissedAndSeldomHeardWhereItIsNot(string set, SignalType signal, int mostMissed, int mostFalse)
    {
        var missed = Of(set).Where(m => m.Message.Has(signal) && !m.Score.Has(signal, LevelPolicy.Given)).ToArray();
        var wrong = Of(set).Where(m => !m.Message.MayHave(signal) && m.Score.Has(signal, LevelPolicy.Given)).ToArray();

        Assert.True(missed.Length <= mostMissed, $"{missed.Length} missed:{Environment.NewLine}{Texts(missed)}");
        Assert.True(wrong.Length <= mostFalse, $"{wrong.Length} wrong:{Environment.NewLine}{Texts(wrong)}");
    }

    [Theory]
    [InlineData(First, 2_980, 189, 24)]
    [InlineData(Second, 1_438, 347, 45)]
    public void Score_CalmMessages_SeldomAlarm(string set, int number, int mostAlarming, int mostHostile)
    {
        var calm = Of(set).Where(m => m.Message.Level == 0).ToArray();
        var alarming = calm.Where(m => m.Score.Frustration.Value >= 0.5).ToArray();
        var hostile = calm.Where(m => m.Score.Level == FrustrationLevel.Hostile).ToArray();

        Assert.Equal(number, calm.Length);
        Assert.True(alarming.Length <= mostAlarming, $"{alarming.Length} alarming:{Environment.NewLine}{Texts(alarming)}");
        Assert.True(hostile.Length <= mostHostile, $"{hostile.Length} hostile:{Environment.NewLine}{Texts(hostile)}");
    }

    [Theory]
    [InlineData(First, 340)]
    [InlineData(Second, 784)]
    public void Score_Level_IsSeldomOffByTwo(string set, int most)
    {
        var off = Of(set).Where(m => Math.Abs((int)m.Score.Level - m.Message.Level) >= 2).ToArray();

        Assert.True(off.Length <= most, $"{off.Length} off by two or more:{Environment.NewLine}{Texts(off)}");
    }

    // Each set is judged once, whichever test asks first.
    private static Judged[] Of(string set) =>
        Sets.GetOrAdd(set, s => new Lazy<Judged[]>(() => [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Scoring", s)).Select(Judge)])).Value;

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
