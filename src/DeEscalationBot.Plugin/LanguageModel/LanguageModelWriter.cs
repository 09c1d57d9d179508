using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.Writing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.SemanticKernel;
using Polly.Timeout;

namespace DeEscalationBot.Plugin.LanguageModel;

/// <summary>Lets a language model find better words, checks them, has them mended once, and gives the offline words whenever that fails.</summary>
/// <remarks>Safe for concurrent use. Whatever the service does, the caller gets a text that passed every check; see <see cref="WrittenText.Reason"/>.</remarks>
internal sealed partial class LanguageModelWriter : ICoachWriter, IDisposable
{
    private const int Tries = 2;

    // These follow from the end of a text: what has come so far may still be put right by what follows.
    private static readonly HashSet<WritingFault> FaultsOfTheWhole = [WritingFault.DraftRule, WritingFault.WrongLanguage, WritingFault.OffTopic, WritingFault.TooShort, WritingFault.LostFact, WritingFault.MovedFact];

    private readonly OfflineWriter _offline;
    private readonly GeneratedTextReviewer _reviewer;
    private readonly PromptLibrary _prompts;
    private readonly LanguageModelClient _client;
    private readonly LanguageModelMetrics _metrics;
    private readonly LanguageModelOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _places;

    public LanguageModelWriter(
        OfflineWriter offline,
        GeneratedTextReviewer reviewer,
        PromptLibrary prompts,
        LanguageModelClient client,
        LanguageModelMetrics metrics,
        IOptions<LanguageModelOptions> options,
        TimeProvider clock,
        ILogger log)
    {
        _offline = offline;
        _reviewer = reviewer;
        _prompts = prompts;
        _client = client;
        _metrics = metrics;
        _options = options.Value;
        _clock = clock;
        _log = log;
        _places = new SemaphoreSlim(_options.MaxConcurrent);
    }

    public bool UsesLanguageModel => true;

    public WrittenText WriteOffline(WritingRequest request) => _offline.WriteOffline(request) with { Reason = OfflineReason.None };

    public Task<WrittenText> WriteAsync(WritingRequest request, CancellationToken cancellationToken = default)
    {
        var offline = WriteOffline(request);
        return WriteAsync(request with { Language = offline.Language }, offline, onText: null, cancellationToken);
    }

    public async IAsyncEnumerable<WritingStep> StreamAsync(WritingRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var offline = WriteOffline(request);
        yield return new WritingStep(offline.Text, IsFinal: false, offline);

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var steps = Channel.CreateUnbounded<WritingStep>(new UnboundedChannelOptions { SingleReader = true });
        var known = request with { Language = offline.Language };
        var writing = WriteIntoAsync();
        try
        {
            await foreach (var step in steps.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return step;
            }
        }
        finally
        {
            // Nobody reads any more: the service need not go on.
            await stopping.CancelAsync().ConfigureAwait(false);
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task WriteIntoAsync()
        {
            try
            {
                var shown = new ShownSoFar(_reviewer, known, text => steps.Writer.TryWrite(new WritingStep(text, IsFinal: false, null)));
                var result = await WriteAsync(known, offline, shown.Take, stopping.Token).ConfigureAwait(false);
                steps.Writer.TryWrite(new WritingStep(result.Text, IsFinal: true, result));
                steps.Writer.TryComplete();
            }
            catch (OperationCanceledException e)
            {
                steps.Writer.TryComplete(e);
            }
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task<WrittenText> WriteAsync(WritingRequest request, WrittenText offline, Func<string, bool>? onText, CancellationToken cancellationToken)
    {
        if (!HasSomethingToSay(request))
        {
            return offline;
        }

        if (_offline.IsDelicate(request))
        {
            return offline with { Reason = OfflineReason.Delicate };
        }

        if (!PromptData.HoldsDraftOf(request))
        {
            return offline with { Reason = OfflineReason.TooLong };
        }

        var prompt = _prompts[request.Kind, request.Language];
        var started = _clock.GetTimestamp();
        var text = await TryAsync(request, offline, prompt, onText, cancellationToken).ConfigureAwait(false);
        _metrics.Written(text, prompt.Version, _clock.GetElapsedTime(started));
        return text;
    }

    private async Task<WrittenText> TryAsync(WritingRequest request, WrittenText offline, PromptFunction prompt, Func<string, bool>? onText, CancellationToken cancellationToken)
    {
        if (!await _places.WaitAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false))
        {
            return offline with { Reason = OfflineReason.Busy };
        }

        try
        {
            using var limit = new CancellationTokenSource(_options.TotalTimeout, _clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            return await WriteAndMendAsync(request, offline, prompt, onText, either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // What a broken or hostile service sends can fail anywhere in the libraries that read it, with any exception. The agent has
            // their words already; the text of the exception may repeat what was sent, so that its type is all that is logged.
            var reason = e is TimeoutRejectedException or OperationCanceledException ? OfflineReason.TooSlow : OfflineReason.Unavailable;
            LogFailed(_log, reason, e.GetType().Name, prompt.Kind, prompt.Version);
            return offline with { Reason = reason };
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<WrittenText> WriteAndMendAsync(WritingRequest request, WrittenText offline, PromptFunction prompt, Func<string, bool>? onText, CancellationToken cancellationToken)
    {
        IReadOnlyList<WritingFinding> findings = [];
        for (var i = 0; i < Tries; i++)
        {
            var completion = await _client.CompleteAsync(prompt, Arguments(request, prompt, findings), onText, cancellationToken).ConfigureAwait(false);
            var text = PromptData.WithNamesOfDraft(request, Clean(completion.Text));
            findings = _reviewer.Review(request, text);
            if (!completion.IsWhole && findings.Count == 0)
            {
                findings = [new WritingFinding(WritingFault.TooLong, string.Empty)];
            }

            if (findings.Count == 0)
            {
                return new WrittenText(request.Kind, request.Language, text, i == 0 ? WritingOrigin.LanguageModel : WritingOrigin.Repaired)
                {
                    Missing = offline.Missing,
                    PromptVersion = prompt.Version,
                };
            }

            foreach (var fault in findings.Select(f => f.Fault).Distinct())
            {
                _metrics.Faulted(prompt, fault);
            }
        }

        var faults = findings.Select(f => f.Fault).Distinct().ToList();
        LogRefused(_log, prompt.Kind, string.Join(", ", faults), prompt.Version);
        return offline with { Reason = OfflineReason.Refused, Faults = faults };
    }

    private static bool HasSomethingToSay(WritingRequest request) => request.Kind switch
    {
        WritingKind.RewriteDraft or WritingKind.Farewell => !string.IsNullOrWhiteSpace(request.Draft),
        _ => !string.IsNullOrWhiteSpace(request.LastCustomerText),
    };

    private KernelArguments Arguments(WritingRequest request, PromptFunction prompt, IReadOnlyList<WritingFinding> findings)
    {
        // Only our own sentences say what to mend: what was refused is not shown to the model again.
        var mend = string.Join(' ', findings.Select(f => _reviewer.HowToMend(request.Language, f)).Distinct());
        var settings = _options.SendSampling ? prompt.Function.ExecutionSettings?.Values.FirstOrDefault() : new PromptExecutionSettings();
        return new KernelArguments(settings ?? new PromptExecutionSettings())
        {
            [PromptLibrary.DataVariable] = PromptData.Of(request),
            [PromptLibrary.AddressVariable] = AddressOf(request),
            [PromptLibrary.WordsVariable] = WritingLength.Of(request).Most.ToString(CultureInfo.InvariantCulture),
            [PromptLibrary.MendVariable] = mend,
        };
    }

    private static string AddressOf(WritingRequest request) => request.Language == MessageLanguage.English ? "you" : request.Address switch
    {
        AddressForm.Usted => "usted",
        AddressForm.Tu => "tú",
        AddressForm.Vos => "vos",
        _ => throw new InvalidOperationException($"The form {request.Address} has no name."),
    };

    /// <summary>The text without what models put around it: their thinking, one pair of quotation marks, blanks. Accents are composed.</summary>
    private static string Clean(string text)
    {
        text = text.IsNormalized() ? text : text.Normalize();
        text = text.Trim();
        if (text.StartsWith("<think>", StringComparison.Ordinal))
        {
            var end = text.IndexOf("</think>", StringComparison.Ordinal);
            text = end < 0 ? string.Empty : text[(end + "</think>".Length)..].Trim();
        }

        var isQuoted = text.Length > 1 && (text[0], text[^1]) is ('"', '"') or ('“', '”') or ('«', '»') && text.AsSpan(1, text.Length - 2).IndexOfAny(text[0], text[^1]) < 0;
        return isQuoted ? text[1..^1].Trim() : text;
    }

    [LoggerMessage(2001, LogLevel.Warning, "The language model gave no text ({Reason}, {Exception}) for {Kind}, prompt {Prompt}. The offline words were shown.")]
    private static partial void LogFailed(ILogger logger, OfflineReason reason, string exception, WritingKind kind, string prompt);

    [LoggerMessage(2002, LogLevel.Information, "What the language model wrote for {Kind} was refused twice ({Faults}), prompt {Prompt}. The offline words were shown.")]
    private static partial void LogRefused(ILogger logger, WritingKind kind, string faults, string prompt);

    /// <summary>Shows what has come by whole sentences, each beginning once it has passed the checks.</summary>
    private sealed class ShownSoFar(GeneratedTextReviewer reviewer, WritingRequest request, Action<string> show)
    {
        private int _reviewed;

        public bool Take(string text)
        {
            var beginning = PromptData.WithNamesOfDraft(request, Clean(text));
            var end = LastSentenceEnd(beginning);
            if (end < _reviewed)
            {
                _reviewed = 0; // It began again.
            }

            if (end <= _reviewed)
            {
                return true;
            }

            _reviewed = end;
            beginning = beginning[..end];
            var findings = reviewer.Review(request, beginning, isWhole: false);
            if (findings.Count == 0)
            {
                show(beginning);
            }

            return findings.All(f => FaultsOfTheWhole.Contains(f.Fault));
        }

        // A sentence has ended when something follows: "3." may go on as "3.50".
        private static int LastSentenceEnd(string text)
        {
            for (var i = text.Length - 2; i >= 0; i--)
            {
                if (text[i] is '.' or '!' or '?' or '\n' && char.IsWhiteSpace(text[i + 1]))
                {
                    return i + 1;
                }
            }

            return 0;
        }
    }
}
