using Microsoft.Extensions.Options;

namespace DeEscalationBot.Plugin.LanguageModel;

/// <summary>Checks the settings of the language model. What belongs to a service that is switched off may be left out, but not be out of range.</summary>
internal sealed class LanguageModelOptionsValidation : IValidateOptions<LanguageModelOptions>
{
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestTotal = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestBreak = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, LanguageModelOptions options)
    {
        var failures = new SettingFailures(LanguageModelOptions.Section);
        if (options.Enabled)
        {
            CheckEndpoint(options, failures);
            failures.Check(!string.IsNullOrWhiteSpace(options.Model), nameof(options.Model), "is empty. Set it to the model's or deployment's name");
        }

        failures.Check(!string.IsNullOrWhiteSpace(options.PromptDirectory), nameof(options.PromptDirectory), "is empty. Set it to the folder of the prompt functions, or leave it out");
        failures.Range(options.AttemptTimeout, TimeSpan.FromMilliseconds(200), LongestAttempt, nameof(options.AttemptTimeout));
        failures.Range(options.TotalTimeout, options.AttemptTimeout, LongestTotal, nameof(options.TotalTimeout));
        failures.Range(options.Retries, 0, 5, nameof(options.Retries));
        failures.Range(options.RetryPause, TimeSpan.Zero, TimeSpan.FromSeconds(10), nameof(options.RetryPause));
        failures.Check(options.BreakerFailureRatio is > 0 and <= 1, nameof(options.BreakerFailureRatio), "must be above 0 and at most 1");
        failures.Range(options.BreakerMinimumRequests, 2, 1000, nameof(options.BreakerMinimumRequests));
        failures.Range(options.BreakerWindow, TimeSpan.FromSeconds(0.5), LongestBreak, nameof(options.BreakerWindow));
        failures.Range(options.BreakerPause, TimeSpan.FromSeconds(0.5), LongestBreak, nameof(options.BreakerPause));
        failures.Range(options.MaxConcurrent, 1, 256, nameof(options.MaxConcurrent));
        failures.Check(options.InputPricePerMillionTokens is >= 0 and < double.PositiveInfinity, nameof(options.InputPricePerMillionTokens), "must be 0 or more");
        failures.Check(options.OutputPricePerMillionTokens is >= 0 and < double.PositiveInfinity, nameof(options.OutputPricePerMillionTokens), "must be 0 or more");
        failures.Check(!string.IsNullOrWhiteSpace(options.PriceCurrency), nameof(options.PriceCurrency), "is empty. Set it to a currency such as USD, or leave it out");
        return failures.Result;
    }

    // The address itself is not repeated: it may hold a secret by mistake.
    private static void CheckEndpoint(LanguageModelOptions options, SettingFailures failures)
    {
        const string Setting = $"{LanguageModelOptions.Section}:{nameof(LanguageModelOptions.Endpoint)}";
        if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
        {
            failures.Add($"{Setting} is no http or https address. Set it to the service's base address, such as http://localhost:11434/v1.");
            return;
        }

        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            failures.Add($"{Setting} holds a name, a query or a fragment. Give the base address alone, and the key as {LanguageModelOptions.Section}:ApiKey.");
        }

        if (uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback && !options.AllowUnencrypted)
        {
            failures.Add($"{Setting} leads to another machine without encryption. Use https, or allow it by {LanguageModelOptions.Section}:AllowUnencrypted=true.");
        }
    }
}
