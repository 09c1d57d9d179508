using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;
using DeEscalationBot.Host.Batch.Evaluation;
using DeEscalationBot.Plugin.Playbook;
using DeEscalationBot.Plugin.Scoring.MlNet;
using DeEscalationBot.Training.Data;
using DeEscalationBot.Training.Evaluation;
using DeEscalationBot.Training.Fitting;

namespace DeEscalationBot.Training;

/// <summary>The verb <c>train</c>: a model for one support desk, from our corpus and the desk's own labelled messages.</summary>
/// <remarks>
/// Needs no public set: what those taught is taken from the model that ships. A part of the desk's conversations is never trained on; the
/// model that ships and the new one are compared on it, and the new one is written whatever comes out: the figures say whether to use it.
/// </remarks>
internal static class TrainCommand
{
    private const int HeldOutOf = 5;

    // Below this a desk's messages drown in ours, or tell nothing: the figures would be noise.
    private const int LeastMessages = 50;

    public static Command Create()
    {
        var data = new Option<FileInfo>("--data") { Description = "The desk's labelled messages, as for the host's verb evaluate: CSV or JSON lines.", Required = true };
        var models = new Option<DirectoryInfo>("--models") { Description = "Folder that holds frustration.zip and corpus/.", Required = true };
        var folder = new Option<DirectoryInfo>("--out") { Description = "Folder that receives the new model.", Required = true };
        var weight = new Option<float>("--weight") { Description = "How much a message of the desk counts beside a line of ours.", DefaultValueFactory = _ => 2 };
        weight.Validators.Add(result =>
        {
            if (!(result.GetValueOrDefault<float>() is > 0 and <= 100))
            {
                result.AddError("--weight must be above 0 and at most 100.");
            }
        });
        var command = new Command("train", "Trains a model on our corpus and a desk's own labelled messages.") { data, models, folder, weight };
        command.SetAction(result => Run(result.GetRequiredValue(data).FullName, result.GetRequiredValue(models).FullName, result.GetRequiredValue(folder).FullName, result.GetValue(weight)));
        return command;
    }

    private static int Run(string data, string models, string folder, float weight)
    {
        try
        {
            var file = LabelledFile.Read(data);
            foreach (var broken in file.Broken)
            {
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"line {broken.Line}: {broken.Reason}"));
            }

            if (file.Messages.Count < LeastMessages)
            {
                throw new LabelledFileException($"{file.Messages.Count} usable messages are too few to learn from: label at least {LeastMessages}, better a few hundred, best an unpicked sample of whole conversations.");
            }

            var shipped = Path.Combine(models, "frustration.zip");
            if (Path.GetFullPath(folder) == Path.GetFullPath(models))
            {
                throw new LabelledFileException("--out must be another folder than --models: the model that ships stays as it is. Point Model:Path to the new one.");
            }

            Fit(file.Messages, models, shipped, folder, weight);
            return file.Broken.Count > 0 ? 1 : 0;
        }
        catch (Exception e) when (e is LabelledFileException or ModelException or PlaybookException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
    }

    private static void Fit(IReadOnlyList<LabelledMessage> messages, string models, string shipped, string folder, float weight)
    {
        var clock = Stopwatch.StartNew();
        void Progress(string what) => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{clock.Elapsed.TotalSeconds,6:0.0} s] {what}"));
        var detector = PlaybookSignals.ReadDetector(PlaybookFiles.BesideProgram());
        var usual = messages.CountBy(LanguageOf).Where(l => l.Key != MessageLanguage.Undetermined).OrderByDescending(l => l.Value).FirstOrDefault().Key;
        var lines = messages.Select(m => LineOf(m, usual == MessageLanguage.Undetermined ? MessageLanguage.Spanish : usual, weight)).ToArray();
        var heldOut = lines.Where(l => TextHash.Of(l.Scenario) % HeldOutOf == 0).ToArray();
        var learnt = lines.Except(heldOut).ToArray();
        Progress($"{learnt.Length} messages of the desk are learnt from, {heldOut.Length} are held out");
        var fitted = new FrustrationTrainer(detector, FitCommand.Seed, Progress)
            .Fit([.. CorpusReader.ReadTraining(Path.Combine(models, "corpus")), .. learnt], [], ModelArchive.ReadPublicHeads(shipped));
        Directory.CreateDirectory(folder);
        var archive = Path.Combine(folder, "frustration.zip");
        File.WriteAllBytes(archive, fitted.Archive);
        File.WriteAllText(ModelMetadata.PathFor(archive), fitted.Metadata.ToJson());
        Compare("the model that ships", shipped, heldOut, detector);
        Compare("the new model", archive, heldOut, detector);
        Progress($"wrote {archive}; use it with Model:Path={archive}");
    }

    private static MessageLanguage LanguageOf(LabelledMessage message) =>
        message.Language != MessageLanguage.Undetermined ? message.Language : LanguageDetector.Detect(MessageReading.Of(message.Text)).Language;

    // "ok" is of no language: it goes with the most of the desk's messages.
    private static CorpusLine LineOf(LabelledMessage message, MessageLanguage usual, float weight)
    {
        var language = LanguageOf(message);
        return new CorpusLine(
            message.Name,
            message.Group,
            "desk",
            language == MessageLanguage.Undetermined ? usual : language,
            message.Level is { } level ? (int)level : message.IsFrustrated ? (int)FrustrationLevel.Frustrated : (int)FrustrationLevel.Calm,
            message.Text)
        {
            IsFresh = true,
            KnowsLevel = message.Level is not null,
            KnowsSignals = message.Signals is not null,
            Signals = message.Signals ?? new HashSet<SignalType>(),
            Weight = weight,
        };
    }

    private static void Compare(string what, string archive, IReadOnlyList<CorpusLine> heldOut, SignalDetector detector)
    {
        foreach (var (language, judged) in HeldOut.Judge(new MlNetScorer(ModelLoader.Load(archive), detector), heldOut))
        {
            Console.Out.WriteLine(EvaluateCommand.Summary($"{what}, {language}, held-out messages of the desk", judged));
        }
    }
}
