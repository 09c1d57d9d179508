using System.CommandLine;
using System.Globalization;
using DeEscalationBot.Core.Scoring.Evaluation;
using DeEscalationBot.Plugin.Playbook;
using DeEscalationBot.Plugin.Scoring.MlNet;
using DeEscalationBot.Training.Data;
using DeEscalationBot.Training.Evaluation;

namespace DeEscalationBot.Training;

/// <summary>The verb <c>evaluate</c>: measures the model as it stands on the held-out split.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var models = new Option<DirectoryInfo>("--models") { Description = "Folder that holds the model and corpus/.", Required = true };
        var command = new Command("evaluate", "Measures the model on the held-out split of the corpus.") { models };
        command.SetAction(result => Run(result.GetRequiredValue(models).FullName));
        return command;
    }

    private static int Run(string models)
    {
        var detector = PlaybookSignals.ReadDetector(PlaybookFiles.BesideProgram());
        var scorer = new MlNetScorer(ModelLoader.Load(Path.Combine(models, "frustration.zip")), detector);
        foreach (var (language, judged) in HeldOut.Judge(scorer, CorpusReader.ReadHeldOut(Path.Combine(models, "corpus"))))
        {
            Console.Out.WriteLine(Summary(language + " held out", judged));
        }

        return 0;
    }

    /// <summary>The measures in one line.</summary>
    public static string Summary(string what, JudgedLines judged) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {what} ({judged.Levels.Count}): macro F1 {Metrics.MacroF1(judged.Levels):0.000}, exact {Metrics.Exact(judged.Levels):0.000}, within one {Metrics.WithinOne(judged.Levels):0.000}, AUC {Metrics.Auc(judged.Levels):0.000}, Spearman {Metrics.Spearman(judged.Levels):0.000}, ECE {Metrics.Ece(judged.Levels):0.000}, Brier {Metrics.Brier(judged.Levels):0.000}
           signals: macro F1 {JudgedLines.MacroF1(judged.Signals):0.000}, decoys given {JudgedLines.DecoyAlarms(judged.Signals):0.000}
           {string.Join(' ', ModelHeads.Signals.Select(t => JudgedLines.CountsOf(judged.Signals, t) is var c ? string.Create(CultureInfo.InvariantCulture, $"{t} {c.Precision:0.00}/{c.Recall:0.00}") : null))}
        """);
}
