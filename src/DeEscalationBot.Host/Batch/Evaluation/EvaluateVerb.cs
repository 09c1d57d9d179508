using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Batch.Evaluation.Plots;
using DeEscalationBot.Host.Contract;
using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Plugin.Playbook;
using DeEscalationBot.Plugin.Scoring.MlNet;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Batch.Evaluation;

/// <summary>The verb <c>evaluate</c>: how well the scores agree with a support desk's own labels, and from which chance on to alert.</summary>
/// <remarks>No network, no database. The customers' text leaves the file only when asked for.</remarks>
internal static class EvaluateVerb
{
    /// <summary>Its name.</summary>
    public const string Name = "evaluate";

    /// <summary>Sets up its arguments.</summary>
    /// <param name="setUp">Sets the product up when the verb runs.</param>
    /// <param name="output">Gets the report.</param>
    /// <param name="errors">Gets broken lines, reasons not to start, and what was written where.</param>
    public static Command Create(Func<ServiceProvider> setUp, TextWriter output, TextWriter errors)
    {
        var data = new Option<string>("--data") { Description = "Labelled messages: CSV with a header, or JSON lines; text and level or frustrated.", Required = true };
        var folder = new Option<string?>("--out") { Description = "Folder for report.md, scores.csv, reliability.png and thresholds.png." };
        var perDay = new Option<double?>("--per-day")
        {
            Description = "Customer messages a day, to reckon alerts a day; otherwise the file counts as one day.",
            CustomParser = result => ReadNumber(result, double.MaxValue),
        };
        var missCost = new Option<double?>("--cost-ratio")
        {
            Description = $"How many false alarms a missed frustrated customer costs: {EvaluateSettings.DefaultMissCost} unless said otherwise.",
            CustomParser = result => ReadNumber(result, EvaluateSettings.MaxMissCost),
        };
        var json = new Option<bool>("--json") { Description = "Write JSON instead of tables." };
        var worst = new Option<bool>("--show-worst") { Description = "Show the twenty worst disagreements, with the customers' text." };
        var command = new Command(Name, "Measure the scores on your own labelled messages, and recommend a threshold.") { data, folder, perDay, missCost, json, worst };
        command.SetAction((result, cancellationToken) => RunAsync(
            new EvaluateSettings(
                result.GetRequiredValue(data),
                result.GetValue(folder),
                result.GetValue(perDay),
                result.GetValue(missCost) ?? EvaluateSettings.DefaultMissCost,
                result.GetValue(worst),
                result.GetValue(json)),
            setUp,
            output,
            errors,
            cancellationToken));
        return command;
    }

    // The same on every machine: a decimal point, whatever the language of the system.
    private static double? ReadNumber(ArgumentResult result, double most)
    {
        if (double.TryParse(result.Tokens.Single().Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most)
        {
            return number;
        }

        var range = most < double.MaxValue ? string.Create(CultureInfo.InvariantCulture, $"above 0 and at most {most:0}") : "above 0";
        result.AddError($"{((OptionResult)result.Parent!).Option.Name} must be a number {range}, such as 2 or 2.5.");
        return null;
    }

    private static async Task<int> RunAsync(EvaluateSettings settings, Func<ServiceProvider> setUp, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            var file = LabelledFile.Read(settings.Data);
            foreach (var broken in file.Broken)
            {
                await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"line {broken.Line}: {broken.Reason}")).ConfigureAwait(false);
            }

            CheckUsable(file);
            if (settings.Out is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            await using var services = setUp();
            var scored = Evaluator.Score(services.GetRequiredService<IUtteranceScorer>(), file.Messages, BatchProgress.On(errors, "messages"), cancellationToken);
            var result = Evaluator.Measure(scored, settings, file.Broken.Count);
            var sections = EvaluationReport.Sections(result);
            await WriteAnswerAsync(result, sections, settings, output).ConfigureAwait(false);
            if (settings.Out is not null)
            {
                await WriteFilesAsync(result, sections, scored, settings.Out, cancellationToken).ConfigureAwait(false);
                await errors.WriteLineAsync($"Report, scores and plots are in {settings.Out}.").ConfigureAwait(false);
            }

            return file.Broken.Count > 0 ? BatchVerbs.SomeLinesBad : BatchVerbs.AllAnswered;
        }
        catch (Exception e) when (e is LabelledFileException or PlaybookException or ModelException or OptionsValidationException or StartRefusedException)
        {
            await errors.WriteLineAsync(e.Message).ConfigureAwait(false);
            return BatchVerbs.NotStarted;
        }
        catch (Exception e) when (settings.Out is not null && e is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"The folder {settings.Out} cannot be written to: {e.Message} Name another with --out.").ConfigureAwait(false);
            return BatchVerbs.NotStarted;
        }
    }

    private static void CheckUsable(LabelledFile file)
    {
        if (file.Messages.Count == 0)
        {
            throw new LabelledFileException(file.Broken.Count == 0
                ? "The file has a header but no messages."
                : $"No line can be used ({file.Broken.Count} broken). The reasons stand above, line by line.");
        }

        var frustrated = file.Messages.Count(m => m.IsFrustrated);
        if (frustrated == 0 || frustrated == file.Messages.Count)
        {
            throw new LabelledFileException(
                $"Every usable message ({file.Messages.Count}) is labelled {(frustrated == 0 ? "not frustrated" : "frustrated")}. Nothing can be told apart: add messages of the other kind, best an unpicked sample of a few days.");
        }
    }

    private static async Task WriteAnswerAsync(EvaluationResult result, IReadOnlyList<ReportSection> sections, EvaluateSettings settings, TextWriter output)
    {
        if (settings.IsJson)
        {
            await output.WriteAsync(JsonSerializer.Serialize(result, ContractJson.Options)).ConfigureAwait(false);
            await output.WriteAsync('\n').ConfigureAwait(false);
        }
        else
        {
            ConsoleReport.Write(sections, output);
        }

        await output.FlushAsync().ConfigureAwait(false);
    }

    private static async Task WriteFilesAsync(
        EvaluationResult result, IReadOnlyList<ReportSection> sections, IReadOnlyList<ScoredMessage> scored, string folder, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "report.md"), MarkdownReport.Write(sections), cancellationToken).ConfigureAwait(false);
        await File.WriteAllBytesAsync(Path.Combine(folder, EvaluationReport.ReliabilityImage), ReliabilityPlot.Draw(result), cancellationToken).ConfigureAwait(false);
        await File.WriteAllBytesAsync(Path.Combine(folder, EvaluationReport.ThresholdsImage), ThresholdPlot.Draw(result), cancellationToken).ConfigureAwait(false);

        // With a byte order mark, without which Excel takes UTF-8 for something else.
        await using var scores = new StreamWriter(Path.Combine(folder, "scores.csv"), append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        ScoresFile.Write(scored, scores);
    }
}
