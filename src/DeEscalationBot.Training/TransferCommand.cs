using System.CommandLine;
using System.Globalization;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Evaluation;
using DeEscalationBot.Plugin.Playbook;
using DeEscalationBot.Plugin.Scoring.MlNet;
using DeEscalationBot.Training.Data;
using DeEscalationBot.Training.Fitting;

namespace DeEscalationBot.Training;

/// <summary>The verb <c>transfer</c>: fits without one public set, and tells how well that set's anger is told apart.</summary>
/// <remarks>What unseen text of another kind does to the model: the measure by which features and weights were chosen, beside cross-validation.</remarks>
internal static class TransferCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder of the public sets.", Required = true };
        var models = new Option<DirectoryInfo>("--models") { Description = "Folder that holds corpus/.", Required = true };
        var without = new Option<string[]>("--without") { Description = "Name of the set that is left out.", Required = true };
        var command = new Command("transfer", "Fits without a public set and measures on it.") { data, models, without };
        command.SetAction(result => Run(result.GetRequiredValue(data).FullName, result.GetRequiredValue(models).FullName, result.GetRequiredValue(without)));
        return command;
    }

    private static int Run(string data, string models, string[] without)
    {
        var corpus = CorpusReader.ReadTraining(Path.Combine(models, "corpus"));
        var weak = PublicSets.ReadAll(data);
        var detector = PlaybookSignals.ReadDetector(PlaybookFiles.BesideProgram());
        var fitted = new FrustrationTrainer(detector, FitCommand.Seed, Console.Error.WriteLine).Fit(corpus, [.. weak.Where(l => !without.Contains(l.Set))]);
        FitCommand.Report(fitted);
        var scorer = new MlNetScorer(new FrustrationModel(ModelLoader.ReadArchive(fitted.Archive, "fitted"), fitted.Metadata), detector);
        foreach (var group in weak.Where(l => without.Contains(l.Set) && l.Anger is not null).GroupBy(l => (l.Set, l.Language)))
        {
            var scored = group.Select(l => (Score: scorer.Score(l.Text, l.Language), Mark: l.Anger!.Value)).ToArray();
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{group.Key.Set} {group.Key.Language}: AUC {Metrics.Auc([.. scored.Select(s => (s.Score.Frustration.Value, s.Mark.Label))]):0.000}, Pearson {Metrics.Pearson([.. scored.Select(s => s.Score.Frustration.Value)], [.. scored.Select(s => s.Mark.Label ? s.Mark.Weight : 0.0)]):0.000}, mean {scored.Average(s => s.Score.Frustration.Value):0.00}, levels {string.Join(' ', Enumerable.Range(0, 5).Select(k => scored.Count(s => s.Score.Level == (FrustrationLevel)k)))}"));
        }

        return 0;
    }
}
