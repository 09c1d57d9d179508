using DeEscalationBot.Host.Hosting.Settings;
using Microsoft.Extensions.Configuration;

namespace DeEscalationBot.Host.Tests.Hosting.Settings;

public class SettingNamesTests
{
    [Theory]
    [InlineData("Storage:Datadirectroy", "Storage:DataDirectory")]
    [InlineData("storage:datadirektory", "Storage:DataDirectory")]
    [InlineData("Webhook:0:Url", "Webhooks:0:Url")]
    [InlineData("Webhooks:3:Uri", "Webhooks:3:Url")]
    [InlineData("SignIn:Claim:Id", "SignIn:Claims:Id")]
    [InlineData("SignIn:ClientSecrets", "SignIn:ClientSecret")]
    [InlineData("Escalation:Trigers:T3:Confidence", "Escalation:Triggers:T3:Confidence")]
    [InlineData("ConnectionStrings:Couch", "ConnectionStrings:Coach")]
    public void MistypedName_IsToldWithTheNearestOne(string given, string meant) =>
        Assert.Contains($"'{given}' is no setting and has no effect. Did you mean '{meant}'?", Assert.Single(ComplaintsOf(given)), StringComparison.Ordinal);

    [Fact]
    public void NameLikeNoOther_IsToldWhereAllAre() => Assert.Contains("docs/settings.md has all of the section Storage", Assert.Single(ComplaintsOf("Storage:CompressionAlgorithm")), StringComparison.Ordinal);

    [Theory]
    [InlineData("storage:DATADIRECTORY")]
    [InlineData("Webhooks:12:Url")]
    [InlineData("SignIn:Roles:4f0c-group-id")]
    [InlineData("Proxies:0")]
    [InlineData("Cases:Currencies:MXN:HourlyCost")]
    [InlineData("DirectLine:TrustedOrigins")]
    [InlineData("Kestrel:Endpoints:Https:Url")]
    [InlineData("Logging:LogLevel:Default")]
    [InlineData("MAIL")]
    [InlineData("PATH")]
    [InlineData("VendorAgent:Url")]
    public void SettingsAndWhatOthersSet_AreNot(string given) => Assert.Empty(ComplaintsOf(given));

    [Fact]
    public void Value_IsNotRepeated() => Assert.DoesNotContain("hunter2", Assert.Single(ComplaintsOf("Mail:Pasword", "hunter2")), StringComparison.Ordinal);

    private static IReadOnlyList<string> ComplaintsOf(string name, string value = "something") =>
        SettingNames.Complaints(new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build());
}
