using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using DeEscalationBot.Core.Scoring.Evaluation;
using DeEscalationBot.Plugin.Playbook;
using DeEscalationBot.Plugin.Scoring.MlNet;
using DeEscalationBot.Training.Data;
using DeEscalationBot.Training.Evaluation;
using DeEscalationBot.Training.Fitting;

namespace DeEscalationBot.Training;

/// <summary>The verb <c>fit</c>: trains the model and writes it with its metadata and card.</summary>
internal static class FitCommand
{
    public const int Seed = 20_240_601;

    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder of the public sets.", Required = true };
        var models = new Option<DirectoryInfo>("--out") { Description = "Folder that holds corpus/ and receives the model.", Required = true };
        var translate = new Option<bool>("--translate") { Description = "Let each language learn from the other's lines too, translated by Apertium (Debian: apertium, apertium-eng-spa)." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Report the cross-validation, leave the held-out split alone and write nothing." };
        var command = new Command("fit", "Trains the model on models/corpus and the public sets.") { data, models, translate, dryRun };
        command.SetAction(result => Run(result.GetRequiredValue(data).FullName, result.GetRequiredValue(models).FullName, result.GetValue(translate), result.GetValue(dryRun)));
        return command;
    }

    private static int Run(string data, string models, bool translate, bool isDryRun)
    {
        var clock = Stopwatch.StartNew();
        void Progress(string what) => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{clock.Elapsed.TotalSeconds,6:0.0} s] {what}"));
        var corpus = CorpusReader.ReadTraining(Path.Combine(models, "corpus"));
        var weak = PublicSets.ReadAll(data);
        Progress($"{corpus.Count} lines of ours, {weak.Count} public ones");
        var detector = PlaybookSignals.ReadDetector(PlaybookFiles.BesideProgram());
        FittedModel fitted;
        try
        {
            fitted = new FrustrationTrainer(detector, Seed, Progress, translate).Fit(corpus, weak);
        }
        catch (AggregateException e) when (e.InnerException is InvalidOperationException or InvalidDataException)
        {
            Console.Error.WriteLine(e.InnerException.Message);
            return 2;
        }

        Report(fitted);
        if (isDryRun)
        {
            Progress($"archive of {fitted.Archive.Length} bytes not written");
            return 0;
        }

        var archive = Path.Combine(models, "frustration.zip");
        File.WriteAllBytes(archive, fitted.Archive);
        Progress("judging the held-out split");
        var scorer = new MlNetScorer(new FrustrationModel(ModelLoader.ReadArchive(fitted.Archive, archive), fitted.Metadata), detector);
        var heldOutLines = CorpusReader.ReadHeldOut(Path.Combine(models, "corpus"));
        var heldOut = HeldOut.Judge(scorer, heldOutLines);
        var metadata = fitted.Metadata with { HeldOut = heldOut.ToDictionary(p => p.Key, p => HeldOut.Measure(p.Value)) };
        File.WriteAllText(ModelMetadata.PathFor(archive), metadata.ToJson());
        File.WriteAllText(Path.ChangeExtension(archive, ".card.md"), ModelCard.Write(fitted, heldOut, corpus.Concat(heldOutLines).ToDictionary(l => l.Id)));
        Progress($"wrote {archive}, {fitted.Archive.Length} bytes");
        return 0;
    }

    /// <summary>Prints how the model did on lines of ours that it had not seen.</summary>
    public static void Report(FittedModel fitted)
    {
        foreach (var (language, judged) in fitted.CrossValidated)
        {
            Console.Out.WriteLine(EvaluateCommand.Summary(language + " cross-validated", judged));
            Console.Out.WriteLine("   F1 by level: " + string.Join(' ', Enumerable.Range(0, 5).Select(l => Metrics.F1(judged.Levels, l).ToString("0.00", CultureInfo.InvariantCulture))) + "  thresholds " + string.Join(' ', fitted.Metadata.Languages[language].Thresholds.Select(t => t.ToString("0.00", CultureInfo.InvariantCulture))));
        }
    }
}
