using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Plugin.Playbook;
using DeEscalationBot.Plugin.Scoring.MlNet;
using DeEscalationBot.Training.Data;
using DeEscalationBot.Training.Fitting;

namespace DeEscalationBot.Training.Peers;

/// <summary>The verb <c>peers</c>: compares ours with what a user would pick instead, on public text that nothing was trained on.</summary>
/// <remarks><c>tests/peers/run</c> installs the others and runs it. The work folder holds public text: it must lie outside every repository.</remarks>
internal static class PeersCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder of the public sets.", Required = true };
        var models = new Option<DirectoryInfo>("--models") { Description = "Folder that holds the model and corpus/.", Required = true };
        var work = new Option<DirectoryInfo>("--work") { Description = "Folder outside the repository, in which tests/peers/run has put node/.", Required = true };
        var keepFit = new Option<bool>("--keep-fit") { Description = "Take ours and fastText as an earlier run fitted them in the same work folder, to save minutes." };
        var command = new Command("peers", "Compares the model with others on public text that is held out, and writes tables in Markdown.") { data, models, work, keepFit };
        command.SetAction(result => Run(() => Compare(
            result.GetRequiredValue(data).FullName, result.GetRequiredValue(models).FullName, result.GetRequiredValue(work).FullName, result.GetValue(keepFit))));

        // A process of its own, so that neither the memory nor the compiled code of a fit is in the figures.
        var speed = new Command("speed", "Measures how fast ours is, as lines of JSON.") { models };
        speed.SetAction(result => Run(() => ScoringSpeed.MeasureOurs(result.GetRequiredValue(models).FullName, Console.Out)));
        command.Subcommands.Add(speed);
        return command;
    }

    private static int Run(Action action)
    {
        try
        {
            action();
            return 0;
        }
        catch (Exception e) when (e is PeerException or ModelException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static void Compare(string data, string models, string work, bool keepsFit)
    {
        var script = Path.Combine(work, "node", "sentiment.js");
        Check(data, work, script);
        var clock = Stopwatch.StartNew();
        void Progress(string what) => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{clock.Elapsed.TotalSeconds,6:0.0} s] {what}"));
        var split = PeerSplit.Make(data, work);
        var corpus = CorpusReader.ReadTraining(Path.Combine(models, "corpus"));
        var questions = Questions(split.HeldOut, CorpusReader.ReadHeldOut(Path.Combine(models, "corpus")));
        Progress($"{split.HeldOut.Count} public texts held out, {split.Rest.Count} left; {corpus.Count} lines of ours");
        var ours = Ours(split.Rest, corpus, work, keepsFit, Progress);
        IReadOnlyList<Lesson> Lessons(PeerTarget target, MessageLanguage language) => Lesson.Of(target, language, split.Rest, corpus);
        var fastText = new FastTextPeer(work, keepsFit, Lessons, Progress);
        LexiconPeer[] lexicons = [new("VADER", "vader", -0.05, script), new("nlp.js", "nlpjs", -double.Epsilon, script)];
        IContender[] contenders = [ours, .. lexicons, fastText, new LinearPeer(FitCommand.Seed, Lessons, Progress)];
        var verdicts = questions.Select(question => contenders.Select(c =>
        {
            Progress($"{question.Name}: {c.Name}");
            return c.Judge(question);
        }).ToArray()).ToArray();
        WriteVerdicts(Path.Combine(work, "verdicts.tsv"), questions, contenders, verdicts);
        Progress("intervals");
        Console.Out.WriteLine(new Comparison(questions, verdicts, [.. contenders.Select(c => c.Name)], FitCommand.Seed).Table());
        Console.Out.WriteLine(Parts(questions, ours));
        Progress("speed");
        Console.Out.WriteLine(ScoringSpeed.Table(models, fastText, script, lexicons));
    }

    private static void Check(string data, string work, string script)
    {
        if (!Directory.Exists(data))
        {
            throw new PeerException($"'{data}' is not there. --data names the folder of the public sets; models/frustration.card.md names the sets.");
        }

        for (var folder = new DirectoryInfo(work); folder is not null; folder = folder.Parent)
        {
            if (Path.Exists(Path.Combine(folder.FullName, ".git")))
            {
                throw new PeerException($"The work folder '{work}' lies in the repository '{folder.FullName}'. Text of the public sets does not belong there: choose a folder outside.");
            }
        }

        if (!File.Exists(script))
        {
            throw new PeerException($"'{script}' is missing. tests/peers/run puts it there with the packages that it needs; run that.");
        }
    }

    private static OurContender Ours(IReadOnlyList<WeakLine> rest, IReadOnlyList<CorpusLine> corpus, string work, bool keepsFit, Action<string> progress)
    {
        var archive = Path.Combine(work, "ours.zip");
        var detector = PlaybookSignals.ReadDetector(PlaybookFiles.BesideProgram());
        if (keepsFit && File.Exists(archive))
        {
            progress("ours as an earlier run fitted it");
        }
        else
        {
            var fitted = new FrustrationTrainer(detector, FitCommand.Seed, progress, translate: true).Fit(corpus, rest);
            File.WriteAllBytes(archive, fitted.Archive);
            File.WriteAllText(ModelMetadata.PathFor(archive), fitted.Metadata.ToJson());
        }

        return new OurContender(ModelLoader.Load(archive), detector);
    }

    private static IReadOnlyList<Question> Questions(IReadOnlyList<HeldOutText> heldOut, IReadOnlyList<CorpusLine> lines)
    {
        Question Of(string name, string set, PeerTarget target, MessageLanguage language) => new(name, target, language, [.. heldOut.Where(t => t.Set == set && t.Language == language)]);
        Question OfOurs(string name, MessageLanguage language) => new(name, PeerTarget.Level, language,
            [.. lines.Where(l => l.Language == language).Select(l => new HeldOutText("ours", language, l.Scenario, l.Text, l.Level >= (int)FrustrationLevel.Frustrated ? 1 : 0))]);
        return
        [
            OfOurs("our corpus, Spanish (frustrated or worse)", MessageLanguage.Spanish),
            OfOurs("our corpus, English (frustrated or worse)", MessageLanguage.English),
            Of("BRIGHTER, Spanish (anger)", "BRIGHTER", PeerTarget.Anger, MessageLanguage.Spanish),
            Of("BRIGHTER, English (anger)", "BRIGHTER", PeerTarget.Anger, MessageLanguage.English),
            Of("XED, Spanish (anger or disgust)", "XED", PeerTarget.Anger, MessageLanguage.Spanish),
            Of("XED, English (anger or disgust)", "XED", PeerTarget.Anger, MessageLanguage.English),
            Of("GoEmotions, English (anger, annoyance, disapproval, disappointment, disgust)", "GoEmotions", PeerTarget.Anger, MessageLanguage.English),
            Of("OffendES, Spanish (abuse of a person or group)", "OffendES", PeerTarget.Abuse, MessageLanguage.Spanish),
            Of("EDOS, English (threats)", "EDOS", PeerTarget.Threat, MessageLanguage.English),
            Of("Banking77, English (calm)", "Banking77", PeerTarget.Level, MessageLanguage.English),
            Of("MultiDoGO, English (calm)", "MultiDoGO", PeerTarget.Level, MessageLanguage.English),
        ];
    }

    private static string Parts(IEnumerable<Question> questions, OurContender ours)
    {
        var parts = new StringBuilder("Parts of ours alone, AUC:\n\n");
        foreach (var question in questions.Where(q => q.Texts.Any(t => t.IsPositive)))
        {
            var values = ours.PartsFor(question.Target).Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Name} {Comparison.Auc(question, p.Judge(question)):0.000}"));
            parts.Append(CultureInfo.InvariantCulture, $"- {question.Name}: {string.Join(", ", values)}\n");
        }

        return parts.ToString();
    }

    // For whoever wants to see where each is wrong. Public text: it stays in the work folder, and what is ours is left out, as nobody reads that split.
    private static void WriteVerdicts(string path, IReadOnlyList<Question> questions, IReadOnlyList<IContender> contenders, IReadOnlyList<Verdict>[][] verdicts) => File.WriteAllLines(
        path,
        [
            "question\tdegree\tmereSwearing\t" + string.Join('\t', contenders.Select(c => c.Name)) + "\ttext",
            .. questions.SelectMany((q, at) => q.Texts.Select((t, i) => (Question: q, Text: t, Scores: verdicts[at].Select(v => v[i].Score.ToString("0.0000", CultureInfo.InvariantCulture)))))
                .Where(v => v.Text.Set != "ours")
                .Select(v => $"{v.Question.Name}\t{v.Text.Degree}\t{v.Text.IsMereSwearing}\t{string.Join('\t', v.Scores)}\t{v.Text.Text.ReplaceLineEndings(" ").Replace('\t', ' ')}"),
        ]);
}
