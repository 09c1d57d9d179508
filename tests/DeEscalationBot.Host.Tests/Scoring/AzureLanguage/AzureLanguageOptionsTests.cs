using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Plugin.Scoring.AzureLanguage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Tests.Scoring.AzureLanguage;

/// <summary>Each limit with its last legal and its first illegal value; the defaults are legal, and off.</summary>
public sealed class AzureLanguageOptionsTests
{
    private const string Address = "https://desk.cognitiveservices.azure.com";

    [Fact]
    public void Defaults_AreOff_AndNothingIsThereThatCouldAsk()
    {
        using var context = new ReaderContext("", null, null, ("Mode", "Off"), ("Key", ""));
        Assert.Equal(AzureLanguageMode.Off, context.Services.GetRequiredService<IOptions<AzureLanguageOptions>>().Value.Mode);
        Assert.Null(context.Services.GetService<ISentimentReader>());
        var settings = new AzureLanguageOptions();
        Assert.Equal((AzureLanguageMode.Off, "latest", 0.8, 2), (settings.Mode, settings.ModelVersion, settings.ReplacementDeadline.TotalSeconds, settings.Retries));
    }

    [Theory]
    [InlineData("Endpoint", Address + "/")]
    [InlineData("Endpoint", "http://localhost:5000")]
    [InlineData("Mode", "Replacement")]
    [InlineData("ModelVersion", "2022-11-01")]
    [InlineData("ReplacementDeadline", "00:00:00.100")]
    [InlineData("ReplacementDeadline", "00:00:03")]
    [InlineData("AttemptTimeout", "00:00:00.200")]
    [InlineData("TotalTimeout", "00:05:00")]
    [InlineData("Retries", "5")]
    [InlineData("RetryPause", "00:00:10")]
    [InlineData("BreakerFailureRatio", "1")]
    [InlineData("BreakerMinimumRequests", "2")]
    [InlineData("BreakerWindow", "00:00:00.500")]
    [InlineData("BreakerPause", "00:10:00")]
    [InlineData("QueueLength", "1")]
    [InlineData("QueueLength", "100000")]
    [InlineData("MaxConcurrent", "64")]
    public void LastLegal_IsTaken(string setting, string value) => Assert.Null(Record.Exception(() => Read((setting, value))));

    [Theory]
    [InlineData("Endpoint", "")]
    [InlineData("Endpoint", "desk.cognitiveservices.azure.com")]
    [InlineData("Endpoint", "http://desk.cognitiveservices.azure.com")]
    [InlineData("Endpoint", "https://name:secret@desk.example")]
    [InlineData("Endpoint", "https://desk.example?key=secret")]
    [InlineData("Key", "")]
    [InlineData("Key", "two words")]
    [InlineData("Key", "secret\n")]
    [InlineData("ModelVersion", "")]
    [InlineData("ModelVersion", "the newest")]
    [InlineData("ReplacementDeadline", "00:00:00.099")]
    [InlineData("ReplacementDeadline", "00:00:03.001")]
    [InlineData("AttemptTimeout", "00:00:00.199")]
    [InlineData("TotalTimeout", "00:00:29")]
    [InlineData("TotalTimeout", "00:05:00.001")]
    [InlineData("Retries", "6")]
    [InlineData("RetryPause", "00:00:10.001")]
    [InlineData("BreakerFailureRatio", "0")]
    [InlineData("BreakerMinimumRequests", "1")]
    [InlineData("BreakerWindow", "00:00:00.499")]
    [InlineData("BreakerPause", "00:10:00.001")]
    [InlineData("QueueLength", "0")]
    [InlineData("QueueLength", "100001")]
    [InlineData("MaxConcurrent", "0")]
    [InlineData("MaxConcurrent", "65")]
    public void FirstIllegal_StopsAndNamesTheSetting(string setting, string value)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Read((setting, value)));
        Assert.Contains("AzureLanguage:" + setting, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KeyAndEntra_TogetherOrEntraInTheOpen_AreRefused()
    {
        Assert.Contains("not both", Assert.Throws<OptionsValidationException>(() => Read(("UseEntra", "true"))).Message, StringComparison.Ordinal);
        Assert.Contains("must be https", Assert.Throws<OptionsValidationException>(() => Read(("UseEntra", "true"), ("Key", ""), ("Endpoint", "http://localhost:5000"))).Message, StringComparison.Ordinal);
        Assert.Null(Record.Exception(() => Read(("UseEntra", "true"), ("Key", ""))));
    }

    private static void Read(params (string, string)[] settings)
    {
        using var context = new ReaderContext(Address, null, null, settings);
        _ = context.Services.GetRequiredService<IOptions<AzureLanguageOptions>>().Value;
    }
}
