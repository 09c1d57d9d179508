namespace DeEscalationBot.Host.Hosting.Observability;

/// <summary>What the host tells about itself, and to whom (section <c>Observability</c>).</summary>
public sealed class ObservabilityOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Observability";

    /// <summary>Whether <c>/metrics</c> answers in the text format of Prometheus: true by default.</summary>
    public bool Prometheus { get; set; } = true;

    /// <summary>
    /// Where metrics and traces are pushed by the OpenTelemetry protocol, for instance <c>http://collector:4318</c>; empty, the default, pushes nothing.
    /// Only ids, numbers and names of rules are sent, never a text.
    /// </summary>
    public string OtlpEndpoint { get; set; } = "";

    /// <summary>How the collector is spoken to: <see cref="OtlpTransport.Http"/> by default.</summary>
    public OtlpTransport OtlpTransport { get; set; } = OtlpTransport.Http;

    /// <summary>Which share of the traces is kept, 0 to 1: 1 by default.</summary>
    public double TraceShare { get; set; } = 1;

    /// <summary>How often open alerts and the outbox are counted, 1 second to 10 minutes: 15 seconds by default.</summary>
    public TimeSpan CountEvery { get; set; } = TimeSpan.FromSeconds(15);
}

/// <summary>How a collector of the OpenTelemetry protocol is spoken to.</summary>
public enum OtlpTransport
{
    /// <summary>Protocol buffers over HTTP; port 4318 as a rule.</summary>
    Http,

    /// <summary>gRPC; port 4317 as a rule.</summary>
    Grpc,
}
