using DeEscalationBot.Plugin.LanguageModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Tests.LanguageModel;

/// <summary>Each limit with its last legal and its first illegal value; the defaults are legal.</summary>
public sealed class LanguageModelOptionsTests
{
    [Fact]
    public void Defaults_AreLegalAndOff()
    {
        using var context = new WriterContext(address: null);
        Assert.False(context.Services.GetRequiredService<IOptions<LanguageModelOptions>>().Value.Enabled);
    }

    [Theory]
    [InlineData("Endpoint", "https://api.example/v1")]
    [InlineData("Endpoint", "http://localhost:11434/v1")]
    [InlineData("Endpoint", "http://[::1]:8000/v1")]
    [InlineData("AttemptTimeout", "00:00:00.200")]
    [InlineData("Retries", "0")]
    [InlineData("Retries", "5")]
    [InlineData("RetryPause", "00:00:10")]
    [InlineData("BreakerFailureRatio", "1")]
    [InlineData("BreakerMinimumRequests", "2")]
    [InlineData("BreakerWindow", "00:00:00.500")]
    [InlineData("BreakerPause", "00:10:00")]
    [InlineData("MaxConcurrent", "1")]
    [InlineData("MaxConcurrent", "256")]
    public void LastLegal_IsTaken(string setting, string value) => Assert.Null(Record.Exception(() => Read(setting, value)));

    [Theory]
    [InlineData("Endpoint", "")]
    [InlineData("Endpoint", "localhost:11434")]
    [InlineData("Endpoint", "ftp://models.example/v1")]
    [InlineData("Endpoint", "http://models.example/v1")]
    [InlineData("Endpoint", "https://name:secret@models.example/v1")]
    [InlineData("Endpoint", "https://models.example/v1?key=secret")]
    [InlineData("Model", " ")]
    [InlineData("PromptDirectory", "")]
    [InlineData("AttemptTimeout", "00:00:00.199")]
    [InlineData("TotalTimeout", "00:00:59")]
    [InlineData("TotalTimeout", "00:05:01")]
    [InlineData("Retries", "-1")]
    [InlineData("Retries", "6")]
    [InlineData("RetryPause", "00:00:10.001")]
    [InlineData("BreakerFailureRatio", "0")]
    [InlineData("BreakerFailureRatio", "1.01")]
    [InlineData("BreakerMinimumRequests", "1")]
    [InlineData("BreakerWindow", "00:00:00.499")]
    [InlineData("BreakerPause", "00:10:00.001")]
    [InlineData("MaxConcurrent", "0")]
    [InlineData("MaxConcurrent", "257")]
    [InlineData("InputPricePerMillionTokens", "-1")]
    [InlineData("OutputPricePerMillionTokens", "NaN")]
    [InlineData("PriceCurrency", "")]
    public void FirstIllegal_StopsAndNamesTheSetting(string setting, string value)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Read(setting, value));

        Assert.Contains("LanguageModel:" + setting, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unencrypted_AllowedBySetting_IsTaken()
    {
        using var context = new WriterContext("http://models.example/v1", clock: null, ("AllowUnencrypted", "true"));
        Assert.True(context.Services.GetRequiredService<IOptions<LanguageModelOptions>>().Value.Enabled);
    }

    private static void Read(string setting, string value)
    {
        using var context = new WriterContext("https://models.example/v1", clock: null, (setting, value));
        _ = context.Services.GetRequiredService<IOptions<LanguageModelOptions>>().Value;
    }
}
