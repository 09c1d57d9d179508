using System.Diagnostics.Metrics;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.Writing;

namespace DeEscalationBot.Plugin.LanguageModel;

/// <summary>What the language model costs and how it does: ids and numbers, never text.</summary>
/// <remarks>
/// The instruments, all tagged with <c>kind</c>, <c>language</c> and <c>prompt</c> (the hash of the prompt's files):
/// <c>deescalation.language_model.texts</c> (tags <c>origin</c>, <c>reason</c>), <c>.duration</c> (seconds, the whole text),
/// <c>.requests</c> (tag <c>outcome</c>), <c>.tokens</c> (tag <c>direction</c>), <c>.cost</c> (tag <c>currency</c>),
/// <c>.faults</c> (tag <c>fault</c>). Safe for concurrent use.
/// </remarks>
public sealed class LanguageModelMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "DeEscalationBot.LanguageModel";

    private const double PerMillion = 1e-6;
    private readonly Counter<long> _texts;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _tokens;
    private readonly Counter<double> _cost;
    private readonly Counter<long> _faults;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Makes meters; without it one of our own is used, as in a program without a host.</param>
    public LanguageModelMetrics(IMeterFactory? meters)
    {
        var meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        _texts = meter.CreateCounter<long>("deescalation.language_model.texts", "{text}", "Texts given to agents, by origin.");
        _duration = meter.CreateHistogram<double>("deescalation.language_model.duration", "s", "How long a text took that a language model was asked for.");
        _requests = meter.CreateCounter<long>("deescalation.language_model.requests", "{request}", "Requests to the language model, by outcome.");
        _tokens = meter.CreateCounter<long>("deescalation.language_model.tokens", "{token}", "Tokens, as the service counts them.");
        _cost = meter.CreateCounter<double>("deescalation.language_model.cost", "{currency}", "Cost by the configured prices.");
        _faults = meter.CreateCounter<long>("deescalation.language_model.faults", "{fault}", "Faults found in what the language model wrote.");
    }

    internal void Written(WrittenText text, string prompt, TimeSpan took)
    {
        var (kind, language, version) = Tags(text.Kind, text.Language, prompt);
        _texts.Add(1, kind, language, version, new("origin", text.Origin.ToString()), new("reason", text.Reason.ToString()));
        _duration.Record(took.TotalSeconds, kind, language, version, new("origin", text.Origin.ToString()));
    }

    internal void Requested(PromptFunction prompt, string outcome) =>
        _requests.Add(1, new("kind", prompt.Kind.ToString()), new("language", prompt.Language.Code()), new("prompt", prompt.Version), new("outcome", outcome));

    internal void Counted(PromptFunction prompt, int input, int output, LanguageModelOptions prices)
    {
        var (kind, language, version) = Tags(prompt.Kind, prompt.Language, prompt.Version);
        _tokens.Add(input, kind, language, version, new("direction", "input"));
        _tokens.Add(output, kind, language, version, new("direction", "output"));
        _cost.Add(PerMillion * ((input * prices.InputPricePerMillionTokens) + (output * prices.OutputPricePerMillionTokens)), kind, language, version, new("currency", prices.PriceCurrency));
    }

    internal void Faulted(PromptFunction prompt, WritingFault fault)
    {
        var (kind, language, version) = Tags(prompt.Kind, prompt.Language, prompt.Version);
        _faults.Add(1, kind, language, version, new("fault", fault.ToString()));
    }

    private static (KeyValuePair<string, object?> Kind, KeyValuePair<string, object?> Language, KeyValuePair<string, object?> Version) Tags(WritingKind kind, MessageLanguage language, string prompt) =>
        (new("kind", kind.ToString()), new("language", language.Code()), new("prompt", prompt));
}
