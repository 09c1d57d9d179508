using System.Net;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Access;

/// <summary>What one address may try before anybody is known. The addresses are those kept for documentation (RFC 5737, RFC 3849).</summary>
public class RefusalLimitsTests
{
    private const string Path = "/api/v1/conversations";

    private static readonly string[] Three = ["--Limits:RefusedPerMinute=3", "--Proxies:0=127.0.0.1"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WrongKeys_AreRefusedForAnAddress_WhoGotInBeforeGoesOn()
    {
        await using var desk = await DeskOfPeople.StartAsync(null, Three);
        using var program = await desk.WithKeyAsync([AccessRule.ReadConversations]);
        using var later = await desk.WithKeyAsync([AccessRule.ReadConversations]);
        using var guesser = desk.WithKey("deb_0123456789ab_guess");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(program, "203.0.113.7"));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(guesser, "203.0.113.7"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(guesser, "203.0.113.7"));

        // Also another guess, and a key that nobody has seen yet; not what got in, and not another address.
        using var other = desk.WithKey("deb_0123456789ab_other");
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(other, "203.0.113.7"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(later, "203.0.113.7"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(program, "203.0.113.7"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(guesser, OtherGroup("203.0.113.7")));
    }

    [Theory]
    [InlineData("/sidebar-session", true)]
    [InlineData("/sign-in/callback?code=x&state=forged", false)]
    public async Task TokensAndSignInsThatFail_AreCounted(string path, bool posts)
    {
        await using var desk = await DeskOfPeople.StartAsync(null, Three);
        using var client = desk.NewClient();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
        {
            using var form = new FormUrlEncodedContent([new("token", "forged")]);
            using var answer = posts ? await client.PostAsync(path, form, Token) : await client.GetAsync(path, Token);
            answers.Add(answer.StatusCode);
        }

        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, answers[..3]);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[3]);
    }

    [Fact]
    public async Task NobodyIsCounted_WhoComesWithNothing()
    {
        await using var desk = await DeskOfPeople.StartAsync(null, Three);
        using var client = desk.NewClient();
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(client, "203.0.113.7"));
        }
    }

    [Fact]
    public void Addresses_AreInSoManyGroups_AndANetworkOfOneCustomerInOne()
    {
        var groups = Enumerable.Range(0, 100_000).Select(i => AddressGroup.Of(new IPAddress(BitConverter.GetBytes(i)))).ToHashSet();
        Assert.InRange(groups.Count, AddressGroup.Count / 2, AddressGroup.Count);
        Assert.Equal(AddressGroup.Of(IPAddress.Parse("2001:db8:1:2::1")), AddressGroup.Of(IPAddress.Parse("2001:db8:1:2:ffff::9")));
        Assert.Equal(AddressGroup.Of(IPAddress.Parse("203.0.113.7")), AddressGroup.Of(IPAddress.Parse("::ffff:203.0.113.7")));
        Assert.Equal(AddressGroup.Of(null), AddressGroup.Of(null));
    }

    private static string OtherGroup(string address) =>
        Enumerable.Range(1, 200).Select(i => $"198.51.100.{i}").First(a => AddressGroup.Of(IPAddress.Parse(a)) != AddressGroup.Of(IPAddress.Parse(address)));

    private static async Task<HttpStatusCode> AskAsync(HttpClient client, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", address);
        using var answer = await client.SendAsync(request, Token);
        return answer.StatusCode;
    }
}
