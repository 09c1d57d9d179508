using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Plugin.Playbook;
using DeEscalationBot.Plugin.Scoring.MlNet;
using DeEscalationBot.Training;
using DeEscalationBot.Training.Data;
using DeEscalationBot.Training.Fitting;

namespace DeEscalationBot.Host.Tests.Training;

/// <summary>The trainer on a corpus small enough to fit in seconds.</summary>
public sealed class FrustrationTrainerTests
{
    private static readonly SignalDetector Detector = PlaybookSignals.ReadDetector(PlaybookFiles.BesideProgram());

    private static readonly string[] Industries =
        ["airline", "banking", "delivery", "games", "health", "hotel", "insurance", "public", "retail", "saas", "telecom", "utilities"];

    // Made-up words, one for each level, among words that all levels share: what is learnt can only come from these lines.
    private static readonly string[] Words = ["plim", "drago", "furte", "zanto", "krelk"];

    private static readonly string[] Fillers = ["mesa", "lunar", "table", "paper", "verde"];

    private static readonly Lazy<FittedModel> Fitted = new(Fit);

    [Fact]
    public void Fit_Twice_GivesTheSameBytes()
    {
        var first = Fitted.Value;
        var second = Fit();

        Assert.Equal(first.Metadata.ArchiveSha256, second.Metadata.ArchiveSha256);
        Assert.Equal(first.Archive, second.Archive);
        Assert.Equal(first.Metadata.ToJson(), second.Metadata.ToJson());
    }

    [Fact]
    public void Fit_WordsOfEachLevel_AreLearnt()
    {
        var fitted = Fitted.Value;
        var scorer = new MlNetScorer(new FrustrationModel(ModelLoader.ReadArchive(fitted.Archive, "test"), fitted.Metadata), Detector);

        var chances = Words.Select(w => scorer.Score($"mesa {w} paper", MessageLanguage.Spanish).Frustration.Value).ToArray();

        Assert.All(chances.Take(2), c => Assert.True(c < 0.5));
        Assert.All(chances.Skip(2), c => Assert.True(c > 0.5));
    }

    [Fact]
    public void Fit_WordsOfASignal_AreLearntWithTheirEvidence()
    {
        var fitted = Fitted.Value;
        var scorer = new MlNetScorer(new FrustrationModel(ModelLoader.ReadArchive(fitted.Archive, "test"), fitted.Metadata), Detector);

        var threat = scorer.Score("mesa krelk paper", MessageLanguage.Spanish).Find(SignalType.Threat);

        Assert.NotNull(threat);
        Assert.Contains("krelk", Assert.Single(threat.Evidence).Text, StringComparison.Ordinal);
        Assert.Empty(scorer.Score("mesa plim paper", MessageLanguage.Spanish).Signals);
    }

    [Fact]
    public void Fit_DeskThatKnowsOnlyFrustration_LearnsItsWordsWithoutThePublicSets()
    {
        // What the public sets taught is taken from the first model; "mofli" is a word of this desk alone.
        var folder = Directory.CreateTempSubdirectory("lent-");
        try
        {
            var path = Path.Combine(folder.FullName, "frustration.zip");
            File.WriteAllBytes(path, Fitted.Value.Archive);
            var lent = ModelArchive.ReadPublicHeads(path);
            var desk = Enumerable.Range(0, 160).Select(i => new CorpusLine($"d{i}", $"conversation {i}", "desk", MessageLanguage.Spanish, i % 2 * 2, $"{Fillers[i % 3]} {(i % 2 == 0 ? "gralo" : "mofli")} {Fillers[i / 7 % 5]}")
            {
                IsFresh = true,
                KnowsLevel = false,
                KnowsSignals = false,
                Weight = 2,
            });

            var fitted = new FrustrationTrainer(Detector, seed: 1, _ => { }).Fit([.. Corpus(), .. desk], [], lent);

            var scorer = new MlNetScorer(new FrustrationModel(ModelLoader.ReadArchive(fitted.Archive, "desk"), fitted.Metadata), Detector);
            var anger = ModelHeads.LevelCount;
            Assert.True(scorer.Score("mesa mofli paper", MessageLanguage.Spanish).Frustration.Value > 0.5);
            Assert.True(scorer.Score("mesa gralo paper", MessageLanguage.Spanish).Frustration.Value < 0.5);
            Assert.Equal(lent["es"].Heads[0].Weights.Weights, ModelLoader.ReadArchive(fitted.Archive, "desk")["es"].Heads[anger].Weights);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Fit_WithoutFreshLines_SaysWhatToAdd()
    {
        CorpusLine[] corpus = [new("1", "s", "retail", MessageLanguage.Spanish, 0, "hola"), new("2", "s", "retail", MessageLanguage.English, 0, "hello")];

        var refusal = Assert.ThrowsAny<Exception>(() => new FrustrationTrainer(Detector, seed: 1, _ => { }).Fit(corpus, []));

        Assert.Contains("fresh-*.tsv", refusal.ToString(), StringComparison.Ordinal);
    }

    private static List<CorpusLine> Corpus()
    {
        var corpus = new List<CorpusLine>();
        foreach (var language in new[] { MessageLanguage.Spanish, MessageLanguage.English })
        {
            for (var i = 0; i < 240; i++)
            {
                var level = i % 5;
                var industry = Industries[i / 5 % 12];
                corpus.Add(new CorpusLine($"{language}-{i}", $"s{i}", industry, language, level, $"{Fillers[i % 3]} {Words[level]} {Fillers[i / 7 % 5]}")
                {
                    IsFresh = i % 4 != 0,
                    Signals = level == 4 ? new HashSet<SignalType> { SignalType.Threat } : new HashSet<SignalType>(),
                });
            }
        }

        return corpus;
    }

    private static FittedModel Fit()
    {
        var weak = new List<WeakLine>();
        foreach (var language in new[] { MessageLanguage.Spanish, MessageLanguage.English })
        {
            for (var i = 0; i < 20; i++)
            {
                var bad = i % 2 == 0;
                weak.Add(new WeakLine("made up", language, bad ? $"krelk {Fillers[i % 5]}" : $"plim {Fillers[i % 5]}")
                {
                    Anger = new Mark(bad, 1),
                    Insult = new Mark(bad, 1),
                    Pleased = new Mark(!bad, 1),
                });
            }
        }

        return new FrustrationTrainer(Detector, seed: 1, _ => { }).Fit(Corpus(), weak);
    }
}
