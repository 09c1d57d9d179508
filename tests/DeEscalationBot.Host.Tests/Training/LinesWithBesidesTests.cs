using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Training.Data;

namespace DeEscalationBot.Host.Tests.Training;

/// <summary>Lines that are said once more with something beside them: the same labels, other words around.</summary>
public sealed class LinesWithBesidesTests
{
    [Theory]
    [InlineData(MessageLanguage.Spanish)]
    [InlineData(MessageLanguage.English)]
    public void Of_FreshLines_SaysAThirdOnceMore_WithTheSameLabels(MessageLanguage language)
    {
        CorpusLine[] lines = [.. Enumerable.Range(0, 300).Select(i => Line(language, $"x{i}", "retail", 4, $"plim drago {i}") with { Signals = new HashSet<SignalType> { SignalType.LegalThreat } })];

        var variants = LinesWithBesides.Of(lines).ToArray();

        Assert.InRange(variants.Length, 60, 140);
        Assert.All(variants, v =>
        {
            var line = lines.Single(l => l.Id + "+" == v.Id);
            Assert.Contains(line.Text, v.Text, StringComparison.Ordinal);
            Assert.True(v.Text.Length > line.Text.Length + 5);
            Assert.Equal((line.Scenario, line.Industry, line.Level, LinesWithBesides.Weight), (v.Scenario, v.Industry, v.Level, v.Weight));
            Assert.Same(line.Signals, v.Signals);
            Assert.True(v is { IsVariant: true, IsFresh: true });
        });
        Assert.Equal(variants.Select(v => v.Text), LinesWithBesides.Of(lines).Select(v => v.Text));
    }

    [Fact]
    public void Of_WhatIsGraveOrLooksIt_IsAllSaidOnceMore()
    {
        var grave = new HashSet<SignalType> { SignalType.Vulnerability };
        CorpusLine[] lines =
        [
            .. Enumerable.Range(0, 50).Select(i => Line(MessageLanguage.English, $"a{i}", "retail", 1, $"drago {i}") with { Signals = grave }),
            .. Enumerable.Range(0, 50).Select(i => Line(MessageLanguage.English, $"b{i}", "retail", 1, $"plim {i}") with { Decoys = grave }),
        ];

        Assert.Equal(lines.Select(l => l.Id + "+"), LinesWithBesides.Of(lines).Select(v => v.Id));
    }

    [Fact]
    public void Of_CalmLines_StandBesideThoseOfTheirOwnIndustryAlone()
    {
        // The folds of cross-validation are cut by industry: what stands beside must not carry words across.
        CorpusLine[] lines =
        [
            .. Enumerable.Range(0, 300).Select(i => Line(MessageLanguage.English, $"a{i}", "retail", 2, $"drago {i}")),
            .. Enumerable.Range(0, 20).Select(i => Line(MessageLanguage.English, $"b{i}", "retail", 0, $"toaster {i}")),
            .. Enumerable.Range(0, 20).Select(i => Line(MessageLanguage.English, $"c{i}", "hotel", 0, $"pillow {i}")),
        ];

        var texts = LinesWithBesides.Of(lines).Where(v => v.Industry == "retail").Select(v => v.Text).ToArray();

        Assert.Contains(texts, t => t.Contains("toaster", StringComparison.Ordinal) && t.Contains("drago", StringComparison.Ordinal));
        Assert.DoesNotContain(texts, t => t.Contains("pillow", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_WhatIsCurtLongOrNotFresh_IsLeftAlone()
    {
        var text = string.Join(' ', Enumerable.Repeat("palabra", 61));
        CorpusLine[] lines =
        [
            .. Enumerable.Range(0, 90).Select(i => Line(MessageLanguage.Spanish, $"a{i}", "retail", 1, "ok") with { Signals = new HashSet<SignalType> { SignalType.Curtness } }),
            .. Enumerable.Range(0, 90).Select(i => Line(MessageLanguage.Spanish, $"b{i}", "retail", 2, text)),
            .. Enumerable.Range(0, 90).Select(i => Line(MessageLanguage.Spanish, $"c{i}", "retail", 2, "drago") with { IsFresh = false }),
        ];

        Assert.Empty(LinesWithBesides.Of(lines));
    }

    private static CorpusLine Line(MessageLanguage language, string id, string industry, int level, string text) => new(id, "s" + id, industry, language, level, text) { IsFresh = true };
}
