using System.Net;
using System.Text;
using DeEscalationBot.Host.Channels.BotFramework;
using DeEscalationBot.Host.Channels.BotFramework.Connector;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Connector;

/// <summary>The real Azure.Identity, with an authority that answers in its place: the request is the OAuth 2.0 client-credentials grant of Entra.</summary>
public class AzureTokensTests
{
    private const string App = "11111111-2222-4333-8444-555555555555";
    private const string Tenant = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";

    [Theory]
    [InlineData("SingleTenant", "Public", "https://login.microsoftonline.com/" + Tenant + "/oauth2/v2.0/token", "https://api.botframework.com/.default")]
    [InlineData("MultiTenant", "Public", "https://login.microsoftonline.com/botframework.com/oauth2/v2.0/token", "https://api.botframework.com/.default")]
    [InlineData("SingleTenant", "UsGovernment", "https://login.microsoftonline.us/" + Tenant + "/oauth2/v2.0/token", "https://api.botframework.us/.default")]
    [InlineData("SingleTenant", "China", "https://login.partner.microsoftonline.cn/" + Tenant + "/oauth2/v2.0/token", "https://api.botframework.azure.cn/.default")]
    public async Task Get_BySecret_AsksTheAuthorityOfTheCloudOnce(string type, string cloud, string address, string scope)
    {
        using var authority = new Authority(HttpStatusCode.OK, """{"token_type":"Bearer","expires_in":3599,"access_token":"the-token"}""");
        await using var services = Services(authority, $"AppType={type}", $"Cloud={cloud}", $"TenantId={Tenant}");
        var tokens = services.GetRequiredService<IConnectorTokens>();

        Assert.Equal("the-token", await tokens.GetAsync(TestContext.Current.CancellationToken));
        Assert.Equal("the-token", await tokens.GetAsync(TestContext.Current.CancellationToken));

        var (asked, form) = authority.Requests.Single();
        Assert.Equal(address, asked);
        Assert.Contains("grant_type=client_credentials", form, StringComparison.Ordinal);
        Assert.Contains("client_id=" + App, form, StringComparison.Ordinal);
        Assert.Contains("client_secret=s3cret", form, StringComparison.Ordinal);
        Assert.Contains("scope=" + Uri.EscapeDataString(scope), form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_SecretExpired_SaysWhatToDo()
    {
        using var authority = new Authority(HttpStatusCode.Unauthorized, """{"error":"invalid_client","error_description":"AADSTS7000222: The provided client secret keys are expired."}""");
        await using var services = Services(authority, $"TenantId={Tenant}");

        var e = await Assert.ThrowsAsync<TokenNotGivenException>(async () => await services.GetRequiredService<IConnectorTokens>().GetAsync(TestContext.Current.CancellationToken));

        Assert.Contains("which may have expired", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", e.ToString(), StringComparison.Ordinal);
    }

    // The request is the one of Azure's instance metadata service: fixed address, the header Metadata, the identity by client_id (learn.microsoft.com, how-to-use-vm-token).
    [Theory]
    [InlineData("Public", "https://api.botframework.com")]
    [InlineData("UsGovernment", "https://api.botframework.us")]
    public async Task Get_ByManagedIdentity_AsksTheMachineItRunsOnOnce(string cloud, string resource)
    {
        // An id of its own each: the library keeps tokens for the whole process.
        var app = Guid.NewGuid().ToString("D");
        var expires = TimeProvider.System.GetUtcNow().AddHours(24).ToUnixTimeSeconds();
        using var machine = new Authority(HttpStatusCode.OK, $$"""{"access_token":"the-token","client_id":"{{app}}","expires_in":"86399","expires_on":"{{expires}}","resource":"{{resource}}","token_type":"Bearer"}""");
        await using var services = ServicesOf(machine, "AppType=UserAssignedMsi", $"Cloud={cloud}", $"TenantId={Tenant}", $"AppId={app}");
        var tokens = services.GetRequiredService<IConnectorTokens>();

        Assert.Equal("the-token", await tokens.GetAsync(TestContext.Current.CancellationToken));
        Assert.Equal("the-token", await tokens.GetAsync(TestContext.Current.CancellationToken));

        Assert.Equal("http://169.254.169.254/metadata/identity/oauth2/token", machine.Requests.Single().Address);
        var query = machine.Queries.Single();
        Assert.Contains("client_id=" + app, query, StringComparison.Ordinal);
        Assert.Contains("resource=" + resource, Uri.UnescapeDataString(query), StringComparison.Ordinal);
        Assert.Equal("true", machine.Metadata.Single());
    }

    [Fact]
    public async Task Get_ByManagedIdentity_ThatTheMachineDoesNotHave_SaysWhatToDo()
    {
        using var machine = new Authority(HttpStatusCode.BadRequest, """{"error":"invalid_request","error_description":"Identity not found"}""");
        await using var services = ServicesOf(machine, "AppType=UserAssignedMsi", $"TenantId={Tenant}", $"AppId={Guid.NewGuid():D}");

        var e = await Assert.ThrowsAsync<TokenNotGivenException>(async () => await services.GetRequiredService<IConnectorTokens>().GetAsync(TestContext.Current.CancellationToken));

        Assert.Contains("managed identity", e.Message, StringComparison.Ordinal);
        Assert.Contains("BotFramework:AppId", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WithoutAnAppId_IsNothing()
    {
        await using var services = new ServiceCollection().AddLogging().AddBotFramework(new ConfigurationBuilder().Build()).BuildServiceProvider();

        Assert.Null(await services.GetRequiredService<IConnectorTokens>().GetAsync(TestContext.Current.CancellationToken));
    }

    private static ServiceProvider Services(Authority authority, params string[] settings) => ServicesOf(authority, [.. settings, $"AppId={App}", "AppPassword=s3cret"]);

    private static ServiceProvider ServicesOf(Authority authority, params string[] settings)
    {
        var pairs = settings.Select(s => s.Split('=', 2)).ToDictionary(p => "BotFramework:" + p[0], p => (string?)p[1]);
        var services = new ServiceCollection().AddLogging().AddBotFramework(new ConfigurationBuilder().AddInMemoryCollection(pairs).Build());
        services.AddHttpClient(BotFrameworkServices.LoginClient).ConfigurePrimaryHttpMessageHandler(() => authority);
        return services.BuildServiceProvider();
    }

    private sealed class Authority(HttpStatusCode status, string body) : HttpMessageHandler
    {
        public List<(string Address, string Form)> Requests { get; } = [];

        public List<string> Queries { get; } = [];

        public List<string?> Metadata { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Queries.Add(request.RequestUri!.Query);
            Metadata.Add(request.Headers.TryGetValues("Metadata", out var values) ? values.Single() : null);
            Requests.Add((request.RequestUri!.GetLeftPart(UriPartial.Path), request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)));
            return new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json"), RequestMessage = request };
        }
    }
}
