using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Plugin.Playbook;
using DeEscalationBot.Plugin.Scoring.MlNet;
using DeEscalationBot.Plugin.Scoring.MlNet.Drafts;
using DeEscalationBot.Training.Data;
using DeEscalationBot.Training.Fitting;

namespace DeEscalationBot.Host.Tests.Training;

/// <summary>The trainer of the judge of drafts, on drafts few enough to fit in seconds.</summary>
public sealed class DraftTrainerTests
{
    private static readonly PlaybookFiles Playbook = PlaybookFiles.BesideProgram();

    // A made-up word, so that neither phrases nor examples know it: what is found can only be learnt from these drafts.
    private const string Fault = "zorbenflak";

    private static readonly string[] Fillers = ["mesa verde", "papel lunar", "table green", "paper moon", "tren azul"];

    private static readonly Lazy<FittedDrafts> Fitted = new(() => Fit(Drafts()));

    [Fact]
    public void Fit_Twice_GivesTheSameBytes()
    {
        var again = Fit(Drafts());

        Assert.Equal(Fitted.Value.Archive, again.Archive);
        Assert.Equal(Fitted.Value.Metadata.ToJson(), again.Metadata.ToJson());
    }

    [Theory]
    [InlineData(MessageLanguage.Spanish)]
    [InlineData(MessageLanguage.English)]
    public void Fit_WordOfARule_IsFoundInItsSentence(MessageLanguage language)
    {
        var judge = new DraftModel(ModelLoader.ReadArchive(Fitted.Value.Archive, "test", ModelLayout.Drafts), Fitted.Value.Metadata);
        var reviewer = PlaybookDraftRules.ReadReviewer(Playbook, judge);

        var findings = reviewer.Review(new DraftRequest($"Mesa verde papel lunar. Tren {Fault} azul papel. Papel lunar verde.", language)).Findings;

        var finding = Assert.Single(findings, f => f.Rule == "blame");
        Assert.Contains(Fault, finding.Evidence.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("lunar", finding.Evidence.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(reviewer.Review(new DraftRequest("Mesa verde papel lunar. Tren azul papel.", language)).Findings, f => f.Rule == "blame");
    }

    [Fact]
    public void Fit_DraftsOfOneWriter_SaysWhatIsMissing()
    {
        var refusal = Assert.ThrowsAny<Exception>(() => Fit([.. Drafts().Where(d => d.Writer == "writer-1")]));

        Assert.Contains("two are needed", refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reply\t-\t-")]
    [InlineData("answer\t-\t-\tHola.")]
    [InlineData("reply\tblame\t-\tHola.")]
    [InlineData("reply\t-\t-\t{{asks-again: ¿Su pedido?}}")]
    [InlineData("reply\t-\t-\t{{reproche: Fue usted.}}")]
    public void Read_IllegalLine_SaysWhere(string line)
    {
        var folder = Directory.CreateTempSubdirectory("drafts-");
        try
        {
            File.WriteAllText(Path.Combine(folder.CreateSubdirectory("es").FullName, "writer-1.tsv"), line + "\n");
            folder.CreateSubdirectory("en");

            var refusal = Assert.Throws<InvalidDataException>(() => DraftCorpusReader.Read(folder.FullName));

            Assert.Contains("writer-1.tsv, line 1", refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Read_MarkedDraft_HasItsPassagesWhereTheyStand()
    {
        var folder = Directory.CreateTempSubdirectory("drafts-");
        try
        {
            folder.CreateSubdirectory("es");
            File.WriteAllText(Path.Combine(folder.CreateSubdirectory("en").FullName, "writer-7.tsv"), "farewell\tvague-reason+shouting\tWhy?\tHello. {{blame+condescension: You broke it.}} {{promise: It will work.}} Bye.\n");

            var line = Assert.Single(DraftCorpusReader.Read(folder.FullName));

            Assert.Equal("Hello. You broke it. It will work. Bye.", line.Text);
            Assert.Equal(("writer-7", DraftKind.Farewell, "Why?"), (line.Writer, line.Kind, line.Customer));
            Assert.Equal(["You broke it.", "It will work."], line.Passages.Select(p => line.Text[p.Start..p.End]));
            Assert.Equal(["blame", "condescension", "promise", "shouting", "vague-reason"], line.Rules.Order(StringComparer.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static FittedDrafts Fit(IReadOnlyList<DraftLine> lines) => new DraftTrainer(
        PlaybookDraftRules.ReadReviewer(Playbook),
        ModelHeads.Languages.ToDictionary(l => l, _ => new DraftExampleSet { Rules = new Dictionary<string, string>(), Harmless = string.Empty }),
        new HashSet<string>(),
        seed: 1,
        _ => { }).Fit(lines);

    private static List<DraftLine> Drafts()
    {
        var lines = new List<DraftLine>();
        foreach (var language in new[] { MessageLanguage.Spanish, MessageLanguage.English })
        {
            for (var i = 0; i < 120; i++)
            {
                var good = $"{Fillers[i % 5]} {Fillers[i / 5 % 5]}.";
                var text = i % 2 == 0 ? good : $"{good} Tren {Fault} {Fillers[i % 3]}.";
                FaultyPassage[] passages = i % 2 == 0 ? [] : [new FaultyPassage(good.Length + 1, text.Length, new HashSet<string> { "blame" })];
                lines.Add(new DraftLine($"writer-{(i / 10 % 2) + 1}", language, DraftKind.Reply, null, text, new HashSet<string>(), passages));
            }
        }

        return lines;
    }
}
