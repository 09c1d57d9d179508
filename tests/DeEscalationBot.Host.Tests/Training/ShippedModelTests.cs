using DeEscalationBot.Core.Scoring;
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
        var models = Repository.PathTo("models");
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

    // Made up; leaving a company is worded like leaving life, and only the latter is a danger (T11).
    [Theory]
    [InlineData("Me quedé esperando y no vino nadie. Si esto no se arregla hoy, me doy de baja y me voy a la competencia.", false)]
    [InlineData("Nobody came. If this isn't settled today I'm cancelling and going to another provider.", false)]
    [InlineData("Denme de baja, ya da igual: me quiero morir.", true)]
    [InlineData("Cancel my account, nothing matters any more. I want to kill myself.", true)]
    public void Vulnerability_BesideLeaving_IsOfLifeAndNotOfTheContract(string text, bool isDanger)
    {
        var scorer = new MlNetScorer(ModelLoader.Load(Repository.PathTo("models", "frustration.zip")), PlaybookSignals.ReadDetector(PlaybookFiles.BesideProgram()));
        Assert.Equal(isDanger, scorer.Score(text).Has(SignalType.Vulnerability));
    }
}
