using System.CommandLine;
using System.Globalization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.Training;
using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Host.Pages.Texts;
using DeEscalationBot.Plugin.Playbook;
using DeEscalationBot.Plugin.Scoring.MlNet;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Batch.Training;

/// <summary>The verb <c>rehearse</c>: the training room in a terminal. No network, no database; nothing is kept.</summary>
internal static class RehearseVerb
{
    /// <summary>Its name.</summary>
    public const string Name = "rehearse";

    // Both languages' commands work in either: nobody should be stuck because of the interface's language.
    private static readonly string[] StopWords = ["/stop", "/fin"];
    private static readonly string[] HintWords = ["/hint", "/pista"];

    /// <summary>Sets up its arguments.</summary>
    /// <param name="setUp">Sets the product up when the verb runs.</param>
    /// <param name="input">The trainee's lines.</param>
    /// <param name="output">Gets the conversation and the debrief.</param>
    /// <param name="errors">Gets reasons not to start.</param>
    public static Command Create(Func<ServiceProvider> setUp, TextReader input, TextWriter output, TextWriter errors)
    {
        var situation = new Option<string?>("--situation") { Description = "Which situation, by its name in --list." };
        var seed = new Option<int>("--seed") { Description = "Any whole number: the same number and the same lines give the same conversation.", DefaultValueFactory = _ => 1 };
        var lang = new Option<string>("--lang") { Description = "es or en.", DefaultValueFactory = _ => "en" };
        lang.AcceptOnlyFromAmong("es", "en");
        var list = new Option<bool>("--list") { Description = "Show the situations and stop." };
        var command = new Command(Name, "Practise a hard conversation with a simulated customer, and look back at it. Reads your answers line by line.") { situation, seed, lang, list };
        command.SetAction((given, cancellationToken) => RunAsync(
            given.GetValue(list) ? null : given.GetValue(situation) ?? "",
            given.GetValue(seed),
            given.GetValue(lang)!,
            setUp,
            new Terminal(input, output, errors),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? id, int seed, string lang, Func<ServiceProvider> setUp, Terminal terminal, CancellationToken cancellationToken)
    {
        var language = lang == "es" ? MessageLanguage.Spanish : MessageLanguage.English;
        ServiceProvider services;
        TrainingRoom room;
        try
        {
            services = setUp();
            room = services.GetRequiredService<TrainingRoom>();
        }
        catch (Exception e) when (e is PlaybookException or ModelException or OptionsValidationException or StartRefusedException)
        {
            await terminal.Errors.WriteLineAsync(e.Message).ConfigureAwait(false);
            return BatchVerbs.NotStarted;
        }

        await using (services)
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(lang);
            if (id is null)
            {
                await ListAsync(room, language, terminal.Output).ConfigureAwait(false);
                return BatchVerbs.AllAnswered;
            }

            var situation = id.Length == 0 ? room.SituationsIn(language)[(int)((uint)seed % (uint)room.SituationsIn(language).Count)] : room.Find(language, id);
            if (situation is null)
            {
                await terminal.Errors.WriteLineAsync($"There is no situation '{id}'. There are: {string.Join(", ", room.SituationsIn(language).Select(s => s.Id))}.").ConfigureAwait(false);
                return BatchVerbs.NotStarted;
            }

            var texts = new SessionTexts(services.GetRequiredService<IStringLocalizer<TrainingTexts>>(), services.GetRequiredService<IStringLocalizer<PageTexts>>());
            await PlayAsync(room, room.Begin(situation, language, seed), texts, terminal, cancellationToken).ConfigureAwait(false);
            return BatchVerbs.AllAnswered;
        }
    }

    private static async Task ListAsync(TrainingRoom room, MessageLanguage language, TextWriter output)
    {
        foreach (var s in room.SituationsIn(language))
        {
            await output.WriteLineAsync($"{s.Id,-16}{s.Industry} · {s.Title} · {s.Customer}, {s.Temper.Name}").ConfigureAwait(false);
        }

        await output.FlushAsync().ConfigureAwait(false);
    }

    private static async Task PlayAsync(TrainingRoom room, TrainingSession session, SessionTexts texts, Terminal terminal, CancellationToken cancellationToken)
    {
        await terminal.SayAsync(texts.Brief(session)).ConfigureAwait(false);
        await terminal.SayAsync(texts.LastWords(session)).ConfigureAwait(false);
        while (!session.IsOver)
        {
            await terminal.PromptAsync().ConfigureAwait(false);
            var line = await terminal.Input.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            if (line is null || StopWords.Contains(line.Trim(), StringComparer.OrdinalIgnoreCase))
            {
                session = TrainingRoom.Stop(session);
                break;
            }

            if (HintWords.Contains(line.Trim(), StringComparer.OrdinalIgnoreCase))
            {
                await terminal.SayAsync(texts.Hint(session)).ConfigureAwait(false);
                continue;
            }

            if (line.Length > MessageText.MaxLength)
            {
                await terminal.SayAsync(texts.TooLong).ConfigureAwait(false);
                continue;
            }

            session = room.Answer(session, line);
            await terminal.SayAsync(texts.WhatItDid(session.Moments[^1])).ConfigureAwait(false);
            await terminal.SayAsync(texts.LastWords(session)).ConfigureAwait(false);
        }

        await terminal.SayAsync(texts.Debrief(room.Debrief(session))).ConfigureAwait(false);
    }

    private sealed record Terminal(TextReader Input, TextWriter Output, TextWriter Errors)
    {
        public async Task SayAsync(string text)
        {
            await Output.WriteLineAsync(text).ConfigureAwait(false);
            await Output.FlushAsync().ConfigureAwait(false);
        }

        // A pipe gets no prompt: its output is read by somebody else.
        public async Task PromptAsync()
        {
            if (!Console.IsInputRedirected && !Console.IsOutputRedirected)
            {
                await Output.WriteAsync("> ").ConfigureAwait(false);
                await Output.FlushAsync().ConfigureAwait(false);
            }
        }
    }
}
