using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Coaching.Paraphrasing;
using DeEscalationBot.Core.Pipeline;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Batch.Evaluation;
using DeEscalationBot.Host.Batch.Training;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Contract;
using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Plugin.Playbook;
using DeEscalationBot.Plugin.Scoring.MlNet;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Batch;

/// <summary>The verbs <c>analyze</c>, <c>paraphrase</c>, <c>review</c> and <c>replay</c>: lines in, lines out, no network, no database; and <c>evaluate</c>, <c>rehearse</c>.</summary>
public static class BatchVerbs
{
    /// <summary>Exit code when every line was answered: 0.</summary>
    public const int AllAnswered = 0;

    /// <summary>Exit code when at least one line was bad: 1.</summary>
    public const int SomeLinesBad = 1;

    /// <summary>Exit code when the verb could not start (arguments, playbook, model or settings), or a file as a whole could not be evaluated: 2.</summary>
    public const int NotStarted = 2;

    private static readonly Dictionary<string, string> LineVerbs = new(StringComparer.Ordinal)
    {
        ["analyze"] = "Score customer messages: {id, text, lang?} → {id, language, frustration, level, signals, explanation?}",
        ["paraphrase"] = "Say back what customers wrote: {id, text, lang?, address?} → {id, language, paraphrase, openers}",
        ["review"] = "Review agents' drafts: {id, text, lang?, customerText?, kind?} → {id, language, findings, rewrite}",
        ["replay"] = "Play conversations: {conversation, speaker, text, at?} → one outcome a turn",
    };

    /// <summary>Runs a verb on the process's own standard streams.</summary>
    /// <param name="args">The program's arguments, beginning with the verb.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var input = new StreamReader(Console.OpenStandardInput(), utf8);
        await using var output = new StreamWriter(Console.OpenStandardOutput(), utf8, bufferSize: 1 << 16) { AutoFlush = false, NewLine = "\n" };
        return await RunAsync(args, input, output, Console.Error).ConfigureAwait(false);
    }

    /// <summary>Runs a verb.</summary>
    /// <param name="args">The arguments, beginning with the verb.</param>
    /// <param name="input">One JSON object a line.</param>
    /// <param name="output">Gets one JSON object a line and nothing else.</param>
    /// <param name="errors">Gets progress, warnings and reasons not to start.</param>
    /// <param name="configure">Puts services before the product's own, or nothing.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, TextReader input, TextWriter output, TextWriter errors, Action<IServiceCollection>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(args);
        ServiceProvider setUp() => BatchServices.Build(errors, configure);
        var root = new RootCommand("DeEscalationBot: batch verbs. Without a verb, the host is started.");
        foreach (var (name, description) in LineVerbs)
        {
            var command = new Command(name, description + ". Reads standard input, writes standard output.");
            var explain = name == "analyze" ? new Option<bool>("--explain") { Description = "Say with each score what moved it most (explanation)." } : null;
            if (explain is not null)
            {
                command.Options.Add(explain);
            }

            command.SetAction((given, cancellationToken) => RunVerbAsync(name, explain is not null && given.GetValue(explain), setUp, input, output, errors, cancellationToken));
            root.Subcommands.Add(command);
        }

        root.Subcommands.Add(EvaluateVerb.Create(setUp, output, errors));
        root.Subcommands.Add(RehearseVerb.Create(setUp, input, output, errors));
        return await Verbs.InvokeAsync(root, args, output, errors).ConfigureAwait(false);
    }

    private static async Task<int> RunVerbAsync(string verb, bool explains, Func<ServiceProvider> setUp, TextReader input, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        ServiceProvider services;
        Func<string, string> answer;
        var bad = 0;
        try
        {
            services = setUp();
            var answerer = AnswererFor(verb, explains, services);
            answer = line => Answer(line, answerer, ref bad);
        }
        catch (Exception e) when (e is PlaybookException or ModelException or OptionsValidationException or StartRefusedException)
        {
            await errors.WriteLineAsync(e.Message).ConfigureAwait(false);
            return NotStarted;
        }

        await using (services)
        {
            await LineRunner.RunAsync(input, output, answer, inOrder: verb == "replay", BatchProgress.On(errors, "lines"), cancellationToken).ConfigureAwait(false);
        }

        if (bad > 0)
        {
            await errors.WriteLineAsync($"{bad} line(s) could not be answered; each has an 'error' in its place.").ConfigureAwait(false);
        }

        return bad > 0 ? SomeLinesBad : AllAnswered;
    }

    private static Func<FieldReader, object?> AnswererFor(string verb, bool explains, IServiceProvider services)
    {
        switch (verb)
        {
            case "analyze":
                var scorer = services.GetRequiredService<IUtteranceScorer>();
                return Identified(fields => AnalyzeInput.ReadLine(fields, explains), input => AnalyzeLine.Of(scorer, input.Text, input.Language, input.Explains));
            case "paraphrase":
                var engine = services.GetRequiredService<ParaphraseEngine>();
                return Identified(ParaphraseInput.Read, input => ParaphraseLine.From(engine.Paraphrase(input.Request)));
            case "review":
                var reviewer = services.GetRequiredService<DraftReviewer>();
                return Identified(ReviewInput.Read, input => ReviewLine.From(reviewer.Review(input.Request)));
            case "replay":
                return new ConversationReplay(services.GetRequiredService<ConversationTurnPipeline>()).Answer;
            default:
                throw new ArgumentOutOfRangeException(nameof(verb), verb, "Not a verb.");
        }
    }

    // A line of a batch is told apart by its id, so it has to bring one.
    private static Func<FieldReader, object?> Identified<TInput, TLine>(Func<FieldReader, TInput> read, Func<TInput, TLine> answer) => fields =>
    {
        if (fields.Raw("id") is not { ValueKind: JsonValueKind.String or JsonValueKind.Number })
        {
            fields.Complain("id", "is missing; it must be a string or a number.");
        }

        var input = read(fields);
        return fields.IsGood ? answer(input) : null;
    };

    private static string Answer(string line, Func<FieldReader, object?> answerer, ref int bad)
    {
        var answer = new JsonObject();
        var fields = FieldReader.Open(line, out var problem);
        Repeat(fields, "id", answer);
        if (fields is not null && answerer(fields) is { } body)
        {
            foreach (var (name, value) in JsonSerializer.SerializeToNode(body, body.GetType(), ContractJson.Options)!.AsObject().ToArray())
            {
                answer[name] = value?.DeepClone();
            }
        }
        else
        {
            Interlocked.Increment(ref bad);
            Repeat(fields, "conversation", answer);
            answer["error"] = problem ?? fields!.Explanation;
        }

        return answer.ToJsonString(ContractJson.Options);
    }

    private static void Repeat(FieldReader? fields, string name, JsonObject answer)
    {
        if (fields?.Raw(name) is { } value)
        {
            answer[name] = JsonNode.Parse(value.GetRawText());
        }
    }
}
