using System.Diagnostics.Metrics;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Plugin.Scoring.AzureLanguage;

/// <summary>How Azure AI Language does, and how far it agrees with us: numbers, never text.</summary>
/// <remarks>
/// The instruments: <c>deescalation.azure_language.requests</c> and <c>.duration</c> (seconds), each by <c>operation</c> and <c>outcome</c>;
/// <c>.opinions</c> by <c>use</c> and <c>outcome</c>; <c>.levels_apart</c>, 0 to 4, by <c>use</c>. Safe for concurrent use.
/// </remarks>
public sealed class AzureLanguageMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "DeEscalationBot.AzureLanguage";

    private const string Answered = "Answered";
    private static readonly double[] Bounds = [0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3, 5, 10, 20];
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _opinions;
    private readonly Histogram<int> _apart;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Makes meters; without it one of our own is used, as in a program without a host.</param>
    public AzureLanguageMetrics(IMeterFactory? meters)
    {
        var meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        _requests = meter.CreateCounter<long>("deescalation.azure_language.requests", "{request}", "Requests to Azure AI Language, by outcome.");
        _duration = meter.CreateHistogram("deescalation.azure_language.duration", "s", "How long one request took.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Bounds });
        _opinions = meter.CreateCounter<long>("deescalation.azure_language.opinions", "{opinion}", "Messages about which it was asked, by what came of it.");
        _apart = meter.CreateHistogram(
            "deescalation.azure_language.levels_apart", "{level}", "How many levels its sentiment and our model are apart.", advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [0, 1, 2, 3, 4] });
    }

    /// <summary>A message got an opinion, or none.</summary>
    /// <param name="counted">Our score with the opinion in it.</param>
    public void Joined(UtteranceScore counted)
    {
        ArgumentNullException.ThrowIfNull(counted);
        if (counted.Opinion is not { } opinion)
        {
            return;
        }

        var use = new KeyValuePair<string, object?>("use", opinion.Use.ToString());
        _opinions.Add(1, use, new("outcome", opinion.Failure?.ToString() ?? Answered));
        if (opinion.Uncounted is { } other)
        {
            _apart.Record(Math.Abs((int)counted.Level - (int)other.Level), use);
        }
    }

    internal void Requested(string operation, OpinionFailure? failure, TimeSpan took)
    {
        KeyValuePair<string, object?>[] tags = [new("operation", operation), new("outcome", failure?.ToString() ?? Answered)];
        _requests.Add(1, tags);
        _duration.Record(took.TotalSeconds, tags);
    }
}
