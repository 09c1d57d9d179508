namespace DeEscalationBot.Plugin.Scoring.AzureLanguage;

/// <summary>What Azure AI Language is used for.</summary>
public enum AzureLanguageMode
{
    /// <summary>Nothing: no message leaves the machine.</summary>
    Off,

    /// <summary>Its sentiment is noted beside our score, after the message was answered.</summary>
    SecondOpinion,

    /// <summary>Its sentiment takes the place of the model's frustration, if it comes in time; otherwise ours stands, with the reason.</summary>
    Replacement,
}

/// <summary>Azure AI Language, which is optional: section <c>AzureLanguage</c>. Checked when the host starts.</summary>
public sealed class AzureLanguageOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "AzureLanguage";

    /// <summary>What it is used for: <see cref="AzureLanguageMode.Off"/> by default.</summary>
    public AzureLanguageMode Mode { get; set; }

    /// <summary>The resource's address, such as <c>https://NAME.cognitiveservices.azure.com</c>. Needed unless it is off.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>One of the resource's two keys. Set it by the environment (<c>AzureLanguage__Key</c>), not in a file. This, or <see cref="UseEntra"/>.</summary>
    public string Key { get; set; } = "";

    /// <summary>Whether Microsoft Entra vouches for us instead of a key: a managed identity, a workload identity, or the environment's credentials, with the role "Cognitive Services Language Reader". False by default.</summary>
    public bool UseEntra { get; set; }

    /// <summary>The client id of a user-assigned managed identity, for <see cref="UseEntra"/>; empty for the machine's own.</summary>
    public string ManagedIdentityClientId { get; set; } = "";

    /// <summary>The service's model: <c>latest</c> by default. Name a version to keep its scores from changing by themselves.</summary>
    public string ModelVersion { get; set; } = "latest";

    /// <summary>How long a message may be held for <see cref="AzureLanguageMode.Replacement"/>: 100 ms to 3 s; 800 ms by default. Then our own score stands.</summary>
    public TimeSpan ReplacementDeadline { get; set; } = TimeSpan.FromMilliseconds(800);

    /// <summary>The longest that one request may take: 0.2 s to 1 min; 5 s by default.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest that a second opinion may take, with retries: from <see cref="AttemptTimeout"/> to 5 min; 20 s by default.</summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often a request for a second opinion is repeated after an error that may pass (408, 429, 5xx, a lost connection, no answer in time): 0 to 5; 2 by default. A replacement is never repeated.</summary>
    public int Retries { get; set; } = 2;

    /// <summary>The pause before the first repetition, doubled for each further one: 0 to 10 s; 500 ms by default. A <c>Retry-After</c> of the service wins.</summary>
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The share of failed requests from which the service is left alone: above 0, at most 1; 0.5 by default.</summary>
    public double BreakerFailureRatio { get; set; } = 0.5;

    /// <summary>How many requests within <see cref="BreakerWindow"/> are needed to judge: 2 to 1000; 4 by default.</summary>
    public int BreakerMinimumRequests { get; set; } = 4;

    /// <summary>Over how long failures are counted: 0.5 s to 10 min; 30 s by default.</summary>
    public TimeSpan BreakerWindow { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>For how long the service is left alone: 0.5 s to 10 min; 30 s by default.</summary>
    public TimeSpan BreakerPause { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many messages may wait for a second opinion: 1 to 100 000; 1000 by default. Further ones get none, with that reason.</summary>
    public int QueueLength { get; set; } = 1000;

    /// <summary>How many requests for second opinions may run at the same time: 1 to 64; 4 by default.</summary>
    public int MaxConcurrent { get; set; } = 4;
}
