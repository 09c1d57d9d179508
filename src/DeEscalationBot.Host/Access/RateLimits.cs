using System.Globalization;
using System.Threading.RateLimiting;
using DeEscalationBot.Host.Access.SignIn;
using DeEscalationBot.Host.Channels.Http;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Access;

/// <summary>Keeps one caller from taking the host from the others.</summary>
/// <remarks>Not the framework's middleware: that one keeps a timer that outlives the host which it belongs to. Safe for concurrent use.</remarks>
internal sealed class RateLimits : IMiddleware, IDisposable
{
    private const int Most = 100_000;
    private const string Health = "/health";

    private readonly PartitionedRateLimiter<HttpContext> _limiter;

    /// <summary>Makes it.</summary>
    /// <param name="limits">How much is allowed.</param>
    /// <param name="signIn">Without sign-in nobody is told apart, and nobody limited.</param>
    /// <param name="clock">The product's clock.</param>
    public RateLimits(IOptions<LimitOptions> limits, IOptions<SignInOptions> signIn, TimeProvider clock) =>
        _limiter = PartitionedRateLimiter.Create<HttpContext, string>(context => Of(context, limits.Value, signIn.Value, clock.GetUtcNow()));

    /// <summary>Registers it.</summary>
    /// <param name="services">Where to register.</param>
    public static void Add(IServiceCollection services)
    {
        services.AddOptions<LimitOptions>().BindConfiguration(LimitOptions.Section)
            .Validate(o => new[] { o.PerKey, o.PerPerson, o.PerAddress, o.RefusedPerMinute, o.Burst }.All(n => n is >= 1 and <= Most), $"Limits: PerKey, PerPerson, PerAddress, RefusedPerMinute and Burst must be whole numbers from 1 to {Most}.")
            .ValidateOnStart();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<RefusalLimits>();
    }

    /// <inheritdoc/>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        using var lease = await _limiter.AcquireAsync(context, 1, context.RequestAborted);
        await (lease.IsAcquired ? next(context) : RejectAsync(context, lease));
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();

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
            _ => (AddressGroup.Of(context.Connection.RemoteIpAddress), limits.PerAddress),
        };
        return RateLimitPartition.GetTokenBucketLimiter(name, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perSecond * limits.Burst,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            AutoReplenishment = true,
        });
    }

    /// <summary>Answers 429, and when to come again.</summary>
    /// <param name="context">The request.</param>
    /// <param name="lease">What was not given.</param>
    internal static Task RejectAsync(HttpContext context, RateLimitLease lease)
    {
        var seconds = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 1;
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Problems.TooMany(FormattableString.Invariant($"Too many requests: come again in {seconds} s. The limits are settings (Limits); a message that is sent again with its id is taken in once.")).ExecuteAsync(context);
    }
}
