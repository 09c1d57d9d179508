using System.Text;
using System.Threading.RateLimiting;
using DeEscalationBot.Host.Access.SignIn;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Access;

/// <summary>Keeps somebody from trying keys, secrets and sign-ins one after the other, and from having each of them looked up: before anybody is known, by address.</summary>
/// <remarks>
/// Only what was refused counts, and what has opened something here goes on, so that a flood from an address does not shut out the programs that share it.
/// Memory is bounded: so many groups of addresses, so many remembered keys. Safe for concurrent use.
/// </remarks>
internal sealed class RefusalLimits : IMiddleware, IDisposable
{
    // Hashes of keys and tokens that have opened something; a later one takes the place of an earlier one.
    private const int Remembered = 1 << 14;

    // The door of the bot is not counted: Microsoft calls from addresses that all its customers share, with tokens that are checked by their signature.
    private static readonly PathString[] Doors = ["/api/v1", "/v3/directline/tokens", SidebarEndpoints.EnterPath, "/sign-in", "/sign-out/callback", "/metrics", "/openapi", "/scalar"];

    private readonly ulong[] _opened = new ulong[Remembered];
    private readonly bool _isOn;
    private readonly PartitionedRateLimiter<HttpContext> _limiter;

    /// <summary>Makes it.</summary>
    /// <param name="limits">How much is allowed.</param>
    /// <param name="local">In local mode nobody else is there.</param>
    public RefusalLimits(IOptions<LimitOptions> limits, LocalMode local)
    {
        _isOn = !local.IsOn;
        _limiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetSlidingWindowLimiter(
            AddressGroup.Of(context.Connection.RemoteIpAddress),
            _ => new SlidingWindowRateLimiterOptions { PermitLimit = limits.Value.RefusedPerMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 }));
    }

    /// <inheritdoc/>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!_isOn || !Array.Exists(Doors, door => context.Request.Path.StartsWithSegments(door)))
        {
            await next(context);
            return;
        }

        var shown = Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString());
        var hash = shown.Length == 0 ? 0 : AddressGroup.Hash(shown);
        if (shown.Length == 0 || Volatile.Read(ref _opened[hash % Remembered]) != hash)
        {
            // Asking for none says whether one is left.
            using var left = _limiter.AttemptAcquire(context, permitCount: 0);
            if (!left.IsAcquired)
            {
                await RateLimits.RejectAsync(context, left);
                return;
            }
        }

        await next(context);
        if (IsRefused(context, shown.Length > 0))
        {
            _limiter.AttemptAcquire(context).Dispose();
        }
        else if (shown.Length > 0)
        {
            Volatile.Write(ref _opened[hash % Remembered], hash);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();

    // Who comes with nothing is told how to get in, which costs nothing; a sign-in that failed leads to a page that says so.
    private static bool IsRefused(HttpContext context, bool showsSomething) => context.Response.StatusCode switch
    {
        StatusCodes.Status401Unauthorized => showsSomething || context.Request.Path == SidebarEndpoints.EnterPath,
        StatusCodes.Status302Found => context.Response.Headers.Location.ToString().StartsWith(SignInEndpoints.FailedPath, StringComparison.Ordinal),
        _ => false,
    };
}
