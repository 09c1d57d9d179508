using DeEscalationBot.Host.Channels.BotFramework.Alerts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Alerts;

/// <summary>Settings that cannot be used are named before the host starts.</summary>
public class TeamsAlertsOptionsTests
{
    private const string Person = "0a0a0a0a-0000-4000-8000-000000000001";
    private const string Channel = "19:abc@thread.tacv2";

    [Theory]
    [InlineData]
    [InlineData("Enabled=true")]
    [InlineData("Enabled=true", "Places:0:Channel=" + Channel, "Places:1:Person=" + Person, "Places:1:Language=es", "Supervisors:0:Id=" + Person, "Supervisors:0:Name=Inés", "Teams:0=blue", "Places:0:Teams:0=red")]
    [InlineData("Enabled=true", "Timeout=00:00:01")]
    [InlineData("Enabled=true", "Timeout=00:00:29")]
    public void Settings_ThatMakeSense_AreTaken(params string[] settings) => Assert.Null(FailureOf(settings));

    [Theory]
    [InlineData("TeamsAlerts:Enabled", "Places:0:Channel=" + Channel)]
    [InlineData("TeamsAlerts:MinUrgency", "Enabled=true", "MinUrgency=7")]
    [InlineData("TeamsAlerts:Timeout", "Enabled=true", "Timeout=00:00:00.9")]
    [InlineData("TeamsAlerts:Timeout", "Enabled=true", "Timeout=00:01:01")]
    [InlineData("Outbox:Lease", "Enabled=true", "Timeout=00:00:30")] // The lease's default.
    [InlineData("TeamsAlerts:Places:0", "Enabled=true", "Places:0:Language=es")]
    [InlineData("TeamsAlerts:Places:0", "Enabled=true", "Places:0:Channel=" + Channel, "Places:0:Person=" + Person)]
    [InlineData("TeamsAlerts:Places:0:Channel", "Enabled=true", "Places:0:Channel=general")]
    [InlineData("TeamsAlerts:Places:0:Channel", "Enabled=true", "Places:0:Channel=" + Channel + ";messageid=1")]
    [InlineData("TeamsAlerts:Places:1:Person", "Enabled=true", "Places:0:Channel=" + Channel, "Places:1:Person=ana@example.com")]
    [InlineData("TeamsAlerts:Places:0:Language", "Enabled=true", "Places:0:Channel=" + Channel, "Places:0:Language=de")]
    [InlineData("'teams'", "Enabled=true", "Places:0:Channel=" + Channel, "Places:0:Name=teams")]
    [InlineData("'desk'", "Enabled=true", "Places:0:Channel=" + Channel, "Places:0:Name=desk", "Places:1:Person=" + Person, "Places:1:Name=desk")]
    [InlineData("the same", "Enabled=true", "Places:0:Channel=" + Channel, "Places:1:Channel=" + Channel)]
    [InlineData("TeamsAlerts:Teams", "Enabled=true", "Teams:0=")]
    [InlineData("TeamsAlerts:Places:0:Teams", "Enabled=true", "Places:0:Channel=" + Channel, "Places:0:Teams:0=")]
    [InlineData("the same", "Enabled=true", "Places:0:Person=" + Person, "Places:1:Person=0A0A0A0A-0000-4000-8000-000000000001")]
    [InlineData("TeamsAlerts:Supervisors:0:Id", "Enabled=true", "Supervisors:0:Id=Inés")]
    public void Settings_ThatMakeNone_AreNamed(string named, params string[] settings) => Assert.Contains(named, FailureOf(settings), StringComparison.Ordinal);

    private static string? FailureOf(string[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => s.Split('=', 2)).Select(s => KeyValuePair.Create("TeamsAlerts:" + s[0], (string?)s[1]))).Build();
        using var services = new ServiceCollection().AddTeamsAlerts(configuration).BuildServiceProvider();
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            _ = services.GetRequiredService<IOptions<Host.Delivery.Outbox.OutboxOptions>>().Value;
            return null;
        }
        catch (OptionsValidationException e)
        {
            return e.Message;
        }
        catch (AggregateException e)
        {
            return string.Join(' ', e.InnerExceptions.Select(i => i.Message));
        }
    }
}
