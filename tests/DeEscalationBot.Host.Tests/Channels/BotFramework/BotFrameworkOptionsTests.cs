using DeEscalationBot.Host.Channels.BotFramework;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework;

/// <summary>Limits and rules as <see cref="BotFrameworkOptions"/> documents them.</summary>
public class BotFrameworkOptionsTests
{
    private const string App = "11111111-2222-4333-8444-555555555555";
    private const string Tenant = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";

    public static TheoryData<string> Good { get; } =
    [
        "",
        $"AppId={App} TenantId={Tenant} AppPassword=x",
        $"AppId={App} AppType=MultiTenant AppPassword=x",
        $"AppId={App} TenantId={Tenant} AppType=UserAssignedMsi",
        $"AppId={App} TenantId={Tenant} AppPassword=x Cloud=UsGovernment AcceptTenantTokens=true",
        "InvokeDeadline=00:00:00.1 ConnectorTimeout=00:00:00.1 QueueLength=10",
        "InvokeDeadline=00:00:04.5 ConnectorTimeout=00:01:00 QueueLength=100000",
        "ServiceUrls:0=http://localhost:3978 ServiceUrls:1=https://channel.example.com/x",
    ];

    /// <summary>Settings, set apart by blanks, and a word of the sentence that says what to do.</summary>
    public static TheoryData<string, string> Bad { get; } = new()
    {
        { $"AppId=coach TenantId={Tenant} AppPassword=x", "AppId must be" },
        { $"AppId={App} AppPassword=x", "TenantId is needed" },
        { $"AppId={App} TenantId=contoso AppPassword=x", "TenantId must be" },
        { $"AppId={App} TenantId={Tenant}", "either BotFramework:AppPassword or" },
        { $"AppId={App} TenantId={Tenant} AppPassword=x CertificatePath=/nowhere.pfx", "and not both" },
        { $"AppId={App} TenantId={Tenant} CertificatePath=/nowhere.pfx", "there is no file" },
        { $"AppId={App} TenantId={Tenant} AppType=UserAssignedMsi AppPassword=x", "has no secret" },
        { $"AppId={App} AppType=MultiTenant AppPassword=x AcceptTenantTokens=true", "needs BotFramework:TenantId" },
        { "AppPassword=x", "AppId is empty" },
        { "AcceptTenantTokens=true", "AppId is empty" },
        { "InvokeDeadline=00:00:00.09", "InvokeDeadline" },
        { "InvokeDeadline=00:00:04.6", "InvokeDeadline" },
        { "ConnectorTimeout=00:00:00.09", "ConnectorTimeout" },
        { "ConnectorTimeout=00:01:01", "ConnectorTimeout" },
        { "QueueLength=9", "QueueLength" },
        { "QueueLength=100001", "QueueLength" },
        { "MetadataAddress=http://keys.example.com/x", "MetadataAddress" },
        { "MetadataAddress=somewhere", "MetadataAddress" },
        { "PublicUrl=http://coach.example.com", "PublicUrl" },
        { "ServiceUrls:0=http://channel.example.com", "ServiceUrls" },
        { "ServiceUrls:0=https://user:secret@channel.example.com", "ServiceUrls" },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void Settings_ThatAreRight_AreTaken(string settings) => Assert.NotNull(Read(settings));

    [Theory]
    [MemberData(nameof(Bad))]
    public void Settings_ThatAreWrong_SayWhatToDo(string settings, string says) =>
        Assert.Contains(says, Assert.Throws<OptionsValidationException>(() => Read(settings)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Start_WithHalfABot_IsRefused()
    {
        using var data = new TemporaryDirectory();

        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningHost.StartAsync(data.Path, null, $"--BotFramework:AppId={App}"));

        Assert.Contains("BotFramework:TenantId is needed", e.Message, StringComparison.Ordinal);
    }

    private static BotFrameworkOptions Read(string settings)
    {
        var pairs = settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('=', 2)).ToDictionary(p => "BotFramework:" + p[0], p => (string?)p[1]);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(pairs).Build();
        using var services = new ServiceCollection().AddLogging().AddBotFramework(configuration).BuildServiceProvider();
        return services.GetRequiredService<IOptions<BotFrameworkOptions>>().Value;
    }
}
