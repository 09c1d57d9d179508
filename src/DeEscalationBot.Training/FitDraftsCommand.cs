using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Scoring.Evaluation;
using DeEscalationBot.Plugin.Playbook;
using DeEscalationBot.Plugin.Scoring.MlNet;
using DeEscalationBot.Plugin.Scoring.MlNet.Drafts;
using DeEscalationBot.Training.Data;
using DeEscalationBot.Training.Evaluation;
using DeEscalationBot.Training.Fitting;

namespace DeEscalationBot.Training;

/// <summary>The verb <c>fit-drafts</c>: trains the judge of drafts and writes it with its metadata and card.</summary>
internal static class FitDraftsCommand
{
    public static Command Create()
    {
        var models = new Option<DirectoryInfo>("--out") { Description = "Folder that holds corpus/drafts and receives the model.", Required = true };
        var translate = new Option<bool>("--translate") { Description = "Let each language learn from the other's drafts too, translated by Apertium (Debian: apertium, apertium-eng-spa)." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Report the cross-validation and write nothing." };
        var command = new Command("fit-drafts", "Trains the model of drafts on models/corpus/drafts.") { models, translate, dryRun };
        command.SetAction(result => Run(result.GetRequiredValue(models).FullName, result.GetValue(translate), result.GetValue(dryRun)));
        return command;
    }

    private static int Run(string models, bool translate, bool isDryRun)
    {
        var clock = Stopwatch.StartNew();
        void Progress(string what) => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{clock.Elapsed.TotalSeconds,6:0.0} s] {what}"));
        var playbook = PlaybookFiles.BesideProgram();
        FittedDrafts fitted;
        IReadOnlySet<string> notes;
        try
        {
            var lines = DraftCorpusReader.Read(Path.Combine(models, "corpus", "drafts"));
            notes = PlaybookDraftRules.Read(playbook, MessageLanguage.Spanish).Rules.Where(r => r.Value.Severity == FindingSeverity.Note).Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
            var examples = ModelHeads.Languages.ToDictionary(l => l, l => PlaybookDraftRules.ReadExamples(playbook, l == "es" ? MessageLanguage.Spanish : MessageLanguage.English), StringComparer.Ordinal);
            fitted = new DraftTrainer(PlaybookDraftRules.ReadReviewer(playbook), examples, notes, FitCommand.Seed, Progress, translate).Fit(lines);
        }
        catch (Exception e) when ((e is AggregateException { InnerException: { } inner } ? inner : e) is InvalidOperationException or InvalidDataException or IOException or PlaybookException)
        {
            Console.Error.WriteLine(e is AggregateException ? e.InnerException!.Message : e.Message);
            return 2;
        }

        foreach (var (language, judged) in fitted.CrossValidated)
        {
            Report(language, judged, fitted.Metadata.Languages[language].Thresholds, notes);
        }

        if (isDryRun)
        {
            Progress($"archive of {fitted.Archive.Length} bytes not written");
            return 0;
        }

        var archive = Path.Combine(models, "drafts.zip");
        File.WriteAllBytes(archive, fitted.Archive);
        File.WriteAllText(ModelMetadata.PathFor(archive), fitted.Metadata.ToJson());
        File.WriteAllText(Path.ChangeExtension(archive, ".card.md"), DraftModelCard.Write(fitted, notes));
        Progress($"wrote {archive}, {fitted.Archive.Length} bytes");
        return 0;
    }

    private static void Report(string language, IReadOnlyList<JudgedDraft> judged, IReadOnlyList<double> thresholds, IReadOnlySet<string> notes)
    {
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{language}, {judged.Count} drafts, each judged by what the other writers taught; good ones flagged: {JudgedDraft.GoodFlagged(judged, notes):0.0 %}, by rules alone {JudgedDraft.GoodFlagged(judged, notes, byRules: true):0.0 %}"));
        Console.Out.WriteLine($"{"rule",-26}{"drafts",7}{"precision",11}{"recall",8}{"rules alone",16}{"threshold",11}");
        for (var r = 0; r < JudgedRules.All.Length; r++)
        {
            var rule = JudgedRules.All[r];
            Line(rule, JudgedDraft.CountsOf(judged, rule), JudgedDraft.CountsOf(judged, rule, byRules: true), r < DraftHeads.Rules.Count ? thresholds[r] : double.NaN);
        }

        Line("all", JudgedDraft.AllCounts(judged), JudgedDraft.AllCounts(judged, byRules: true), double.NaN);
    }

    private static void Line(string rule, DetectionCounts learnt, DetectionCounts byRules, double threshold) => Console.Out.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{rule,-26}{learnt.Present,7}{learnt.Precision,11:0.00}{learnt.Recall,8:0.00}{byRules.Precision,8:0.00} / {byRules.Recall:0.00}{threshold,12:0.00}"));
}
