using DeEscalationBot.Plugin.Playbook;
using DeEscalationBot.Plugin.Scoring.MlNet;
using DeEscalationBot.Training.Data;
using DeEscalationBot.Training.Evaluation;

namespace DeEscalationBot.Host.Tests.Training;

/// <summary>The model that ships does what its card says, with the rules that ship beside it.</summary>
public sealed class ShippedModelTests
{
    // The rules are edited between trainings: this much below the card is the sign to train again.
    private const double Slack = 0.02;

    [Theory]
    [InlineData("es")]
    [InlineData("en")]
    public void HeldOutSplit_ShippedModel_IsNotUnderItsCard(string language)
    {
        var models = Path.Combine(RepositoryRoot(), "models");
        var archive = Path.Combine(models, "frustration.zip");
        var card = ModelLoader.ReadMetadata(ModelMetadata.PathFor(archive)).HeldOut[language];
        var scorer = new MlNetScorer(ModelLoader.Load(archive), PlaybookSignals.ReadDetector(PlaybookFiles.BesideProgram()));

        var now = HeldOut.Measure(HeldOut.Judge(scorer, CorpusReader.ReadHeldOut(Path.Combine(models, "corpus")))[language]);

        Assert.True(now["macroF1"] >= card["macroF1"] - Slack, $"macro F1 {now["macroF1"]}, card {card["macroF1"]}");
        Assert.True(now["withinOne"] >= card["withinOne"] - Slack, $"within one {now["withinOne"]}, card {card["withinOne"]}");
        Assert.True(now["auc"] >= card["auc"] - Slack, $"AUC {now["auc"]}, card {card["auc"]}");
        Assert.True(now["signalMacroF1"] >= card["signalMacroF1"] - Slack, $"signals {now["signalMacroF1"]}, card {card["signalMacroF1"]}");
        Assert.True(now["decoyAlarms"] <= card["decoyAlarms"] + Slack, $"decoys {now["decoyAlarms"]}, card {card["decoyAlarms"]}");
        Assert.True(now["ece"] <= card["ece"] + Slack, $"ECE {now["ece"]}, card {card["ece"]}");
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DeEscalationBot.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests must run inside the repository.");
    }
}
