using System.Globalization;
using System.Threading.RateLimiting;
using DeEscalationBot.Host.Access.SignIn;
using DeEscalationBot.Host.Channels.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Access;

/// <summary>Keeps one caller from taking the host from the others.</summary>
internal static class RateLimits
{
    private const int Most = 100_000;
    private const string Health = "/health";

    /// <summary>Registers it.</summary>
    /// <param name="services">Where to register.</param>
    public static void Add(IServiceCollection services)
    {
        services.AddOptions<LimitOptions>().BindConfiguration(LimitOptions.Section)
            .Validate(o => new[] { o.PerKey, o.PerPerson, o.PerAddress, o.Burst }.All(n => n is >= 1 and <= Most), $"Limits: PerKey, PerPerson, PerAddress and Burst must be whole numbers from 1 to {Most}.")
            .ValidateOnStart();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<LimitOptions>, IOptions<SignInOptions>, TimeProvider>((limiter, limits, signIn, clock) =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => Of(context, limits.Value, signIn.Value, clock.GetUtcNow()));
            limiter.OnRejected = RejectAsync;
        });
    }

    private static RateLimitPartition<string> Of(HttpContext context, LimitOptions limits, SignInOptions signIn, DateTimeOffset now)
    {
        if (!signIn.IsConfigured || context.Request.Path.StartsWithSegments(Health))
        {
            return RateLimitPartition.GetNoLimiter("");
        }

        var caller = Caller.Of(context.User, now);
        var (name, perSecond) = caller.Kind switch
        {
            CallerKind.Key => (caller.Id, limits.PerKey),
            CallerKind.Person or CallerKind.Sidebar => ("person:" + caller.Id, limits.PerPerson),
            _ => ("address:" + context.Connection.RemoteIpAddress, limits.PerAddress),
        };
        return RateLimitPartition.GetTokenBucketLimiter(name, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perSecond * limits.Burst,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            AutoReplenishment = true,
        });
    }

    private static async ValueTask RejectAsync(OnRejectedContext context, CancellationToken cancellationToken)
    {
        var seconds = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 1;
        context.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await Problems.TooMany(FormattableString.Invariant($"Too many requests: come again in {seconds} s. The limits are settings (Limits); a message that is sent again with its id is taken in once.")).ExecuteAsync(context.HttpContext);
    }
}
