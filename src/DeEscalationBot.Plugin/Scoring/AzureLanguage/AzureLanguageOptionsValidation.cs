using Microsoft.Extensions.Options;

namespace DeEscalationBot.Plugin.Scoring.AzureLanguage;

/// <summary>Checks the settings of Azure AI Language. What belongs to a service that is switched off may be left out, but not be out of range.</summary>
internal sealed class AzureLanguageOptionsValidation : IValidateOptions<AzureLanguageOptions>
{
    private const int LongestModelVersion = 40;
    private static readonly TimeSpan LongestDeadline = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestTotal = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestBreak = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, AzureLanguageOptions options)
    {
        var failures = new SettingFailures(AzureLanguageOptions.Section);
        if (!Enum.IsDefined(options.Mode))
        {
            failures.Add($"{AzureLanguageOptions.Section}:Mode may be Off, SecondOpinion or Replacement.");
        }
        else if (options.Mode != AzureLanguageMode.Off)
        {
            CheckService(options, failures);
        }

        failures.Check(
            options.ModelVersion.Length is > 0 and <= LongestModelVersion && options.ModelVersion.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'),
            nameof(options.ModelVersion),
            "must be latest or a version such as 2022-11-01");
        failures.Range(options.ReplacementDeadline, TimeSpan.FromMilliseconds(100), LongestDeadline, nameof(options.ReplacementDeadline));
        failures.Range(options.AttemptTimeout, TimeSpan.FromMilliseconds(200), LongestAttempt, nameof(options.AttemptTimeout));
        failures.Range(options.TotalTimeout, options.AttemptTimeout, LongestTotal, nameof(options.TotalTimeout));
        failures.Range(options.Retries, 0, 5, nameof(options.Retries));
        failures.Range(options.RetryPause, TimeSpan.Zero, TimeSpan.FromSeconds(10), nameof(options.RetryPause));
        failures.Check(options.BreakerFailureRatio is > 0 and <= 1, nameof(options.BreakerFailureRatio), "must be above 0 and at most 1");
        failures.Range(options.BreakerMinimumRequests, 2, 1000, nameof(options.BreakerMinimumRequests));
        failures.Range(options.BreakerWindow, TimeSpan.FromSeconds(0.5), LongestBreak, nameof(options.BreakerWindow));
        failures.Range(options.BreakerPause, TimeSpan.FromSeconds(0.5), LongestBreak, nameof(options.BreakerPause));
        failures.Range(options.QueueLength, 1, 100_000, nameof(options.QueueLength));
        failures.Range(options.MaxConcurrent, 1, 64, nameof(options.MaxConcurrent));
        return failures.Result;
    }

    // Neither address nor key is repeated: the one may hold the other by mistake.
    private static void CheckService(AzureLanguageOptions options, SettingFailures failures)
    {
        const string Endpoint = $"{AzureLanguageOptions.Section}:{nameof(AzureLanguageOptions.Endpoint)}";
        if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var uri) || !(uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
        {
            failures.Add($"{Endpoint} is no https address. Set it to the resource's address, such as https://NAME.cognitiveservices.azure.com; it is on its page in Azure, under 'Keys and Endpoint'.");
        }
        else if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            failures.Add($"{Endpoint} holds a name, a query or a fragment. Give the resource's address alone.");
        }
        else if (options.UseEntra && uri.Scheme != Uri.UriSchemeHttps)
        {
            failures.Add($"{Endpoint} must be https: with {AzureLanguageOptions.Section}:UseEntra a token is sent there.");
        }

        failures.Check(options.Key.All(c => c is > ' ' and <= '~'), nameof(options.Key), "holds a blank, a line break or a sign that no key has. Copy it again from 'Keys and Endpoint' of the resource");
        if ((options.Key.Length > 0) == options.UseEntra)
        {
            failures.Add($"{AzureLanguageOptions.Section}:{nameof(AzureLanguageOptions.Mode)} is on. It needs either {AzureLanguageOptions.Section}:Key or {AzureLanguageOptions.Section}:UseEntra=true, and not both.");
        }
    }
}
