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

    [Fact]
    public async Task Get_WithoutAnAppId_IsNothing()
    {
        await using var services = new ServiceCollection().AddLogging().AddBotFramework(new ConfigurationBuilder().Build()).BuildServiceProvider();

        Assert.Null(await services.GetRequiredService<IConnectorTokens>().GetAsync(TestContext.Current.CancellationToken));
    }

    private static ServiceProvider Services(Authority authority, params string[] settings)
    {
        var pairs = settings.Append($"AppId={App}").Append("AppPassword=s3cret").Select(s => s.Split('=', 2)).ToDictionary(p => "BotFramework:" + p[0], p => (string?)p[1]);
        var services = new ServiceCollection().AddLogging().AddBotFramework(new ConfigurationBuilder().AddInMemoryCollection(pairs).Build());
        services.AddHttpClient(BotFrameworkServices.LoginClient).ConfigurePrimaryHttpMessageHandler(() => authority);
        return services.BuildServiceProvider();
    }

    private sealed class Authority(HttpStatusCode status, string body) : HttpMessageHandler
    {
        public List<(string Address, string Form)> Requests { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add((request.RequestUri!.GetLeftPart(UriPartial.Path), request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)));
            return new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json"), RequestMessage = request };
        }
    }
}
