using System.Globalization;
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
        var failures = new List<string>();
        if (!Enum.IsDefined(options.Mode))
        {
            failures.Add($"{AzureLanguageOptions.Section}:Mode may be Off, SecondOpinion or Replacement.");
        }
        else if (options.Mode != AzureLanguageMode.Off)
        {
            CheckService(options, failures);
        }

        Check(
            options.ModelVersion.Length is > 0 and <= LongestModelVersion && options.ModelVersion.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'),
            nameof(options.ModelVersion),
            "must be latest or a version such as 2022-11-01");
        Range(options.ReplacementDeadline, TimeSpan.FromMilliseconds(100), LongestDeadline, nameof(options.ReplacementDeadline));
        Range(options.AttemptTimeout, TimeSpan.FromMilliseconds(200), LongestAttempt, nameof(options.AttemptTimeout));
        Range(options.TotalTimeout, options.AttemptTimeout, LongestTotal, nameof(options.TotalTimeout));
        Range(options.Retries, 0, 5, nameof(options.Retries));
        Range(options.RetryPause, TimeSpan.Zero, TimeSpan.FromSeconds(10), nameof(options.RetryPause));
        Check(options.BreakerFailureRatio is > 0 and <= 1, nameof(options.BreakerFailureRatio), "must be above 0 and at most 1");
        Range(options.BreakerMinimumRequests, 2, 1000, nameof(options.BreakerMinimumRequests));
        Range(options.BreakerWindow, TimeSpan.FromSeconds(0.5), LongestBreak, nameof(options.BreakerWindow));
        Range(options.BreakerPause, TimeSpan.FromSeconds(0.5), LongestBreak, nameof(options.BreakerPause));
        Range(options.QueueLength, 1, 100_000, nameof(options.QueueLength));
        Range(options.MaxConcurrent, 1, 64, nameof(options.MaxConcurrent));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Check(bool isRight, string setting, string problem)
        {
            if (!isRight)
            {
                failures.Add($"{AzureLanguageOptions.Section}:{setting} {problem}.");
            }
        }

        void Range<T>(T value, T least, T most, string setting)
            where T : IComparable<T>, IFormattable =>
            Check(
                value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0,
                setting,
                string.Create(CultureInfo.InvariantCulture, $"is {value}. It must lie between {least} and {most}"));
    }

    // Neither address nor key is repeated: the one may hold the other by mistake.
    private static void CheckService(AzureLanguageOptions options, List<string> failures)
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

        if (string.IsNullOrWhiteSpace(options.Key) == !options.UseEntra)
        {
            failures.Add($"{AzureLanguageOptions.Section}:{nameof(AzureLanguageOptions.Mode)} is on. It needs either {AzureLanguageOptions.Section}:Key or {AzureLanguageOptions.Section}:UseEntra=true, and not both.");
        }
    }
}
