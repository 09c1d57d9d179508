namespace DeEscalationBot.Plugin.LanguageModel;

/// <summary>The language model, which is optional: section <c>LanguageModel</c>. Checked when the host starts.</summary>
public sealed class LanguageModelOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "LanguageModel";

    /// <summary>Whether a language model may improve the words. False by default: then nothing leaves the machine.</summary>
    public bool Enabled { get; set; }

    /// <summary>
    /// The base address of an OpenAI-compatible service: <c>https://api.openai.com/v1</c>, <c>https://NAME.openai.azure.com/openai/v1</c>,
    /// <c>http://localhost:11434/v1</c> (Ollama), <c>http://localhost:8000/v1</c> (vLLM). Needed when enabled.
    /// </summary>
    public string Endpoint { get; set; } = "";

    /// <summary>The model's or deployment's name, as the service knows it. Needed when enabled.</summary>
    public string Model { get; set; } = "";

    /// <summary>The key, sent as a bearer token; empty for a service that asks for none. Set it by the environment (<c>LanguageModel__ApiKey</c>), not in a file.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Whether a service on another machine may be reached without encryption. False by default.</summary>
    public bool AllowUnencrypted { get; set; }

    /// <summary>The folder that holds <c>es</c> and <c>en</c> with the prompt functions: an absolute path, or one relative to the program's folder.</summary>
    public string PromptDirectory { get; set; } = "prompts/functions";

    /// <summary>The longest that one request may take, the whole answer included: 0.2 s to 2 min; 8 s by default.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>The longest that a text may take with retries and repair: from <see cref="AttemptTimeout"/> to 5 min; 20 s by default.</summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often a request is repeated after an error that may pass (408, 429, 5xx, a lost connection, no answer in time): 0 to 5; 1 by default.</summary>
    public int Retries { get; set; } = 1;

    /// <summary>The pause before the first repetition, doubled for each further one: 0 to 10 s; 300 ms by default. A <c>Retry-After</c> of the service wins.</summary>
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The share of failed requests from which the service is left alone: above 0, at most 1; 0.5 by default.</summary>
    public double BreakerFailureRatio { get; set; } = 0.5;

    /// <summary>How many requests within <see cref="BreakerWindow"/> are needed to judge: 2 to 1000; 4 by default.</summary>
    public int BreakerMinimumRequests { get; set; } = 4;

    /// <summary>Over how long failures are counted: 0.5 s to 10 min; 30 s by default.</summary>
    public TimeSpan BreakerWindow { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>For how long the service is left alone: 0.5 s to 10 min; 30 s by default.</summary>
    public TimeSpan BreakerPause { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many texts may be written at the same time: 1 to 256; 8 by default. Further ones get the offline words at once.</summary>
    public int MaxConcurrent { get; set; } = 8;

    /// <summary>Whether temperature and token limit of the prompts are sent. True by default; false for models that refuse them.</summary>
    public bool SendSampling { get; set; } = true;

    /// <summary>What a million tokens of input cost, for the cost metric: 0 (default) or more.</summary>
    public double InputPricePerMillionTokens { get; set; }

    /// <summary>What a million tokens of output cost, for the cost metric: 0 (default) or more.</summary>
    public double OutputPricePerMillionTokens { get; set; }

    /// <summary>The currency of the prices, as the cost metric names it; <c>USD</c> by default.</summary>
    public string PriceCurrency { get; set; } = "USD";

    /// <summary>The folder of the prompts as an absolute path.</summary>
    internal string FullPromptDirectory => Path.Combine(AppContext.BaseDirectory, PromptDirectory);
}
