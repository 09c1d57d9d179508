using DeEscalationBot.Host.Conversations.Cluster;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Hosting;

/// <summary>How a node leaves: it says at <c>/health/ready</c> that it does, goes on for a while so that load balancers hear of it, ends what stays open, and stops.</summary>
/// <remarks>A host of its own has nobody who would take over, and stops at once. Safe for concurrent use.</remarks>
/// <param name="lifetime">Says when the host is asked to stop.</param>
/// <param name="options">For how long it goes on.</param>
public sealed class Draining(IHostApplicationLifetime lifetime, IOptions<ClusterOptions> options) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _over = new();

    /// <summary>Whether the host has been asked to stop.</summary>
    public bool HasBegun => lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>When what stays open (event streams, chats) ends: whoever had it comes back, and finds another node.</summary>
    public CancellationToken Over => _over.Token;

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Everything still runs: requests are answered, and conversations taken from other nodes.</summary>
    /// <param name="cancellationToken">The host waits no longer.</param>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (options.Value is { Enabled: true, DrainFor: var drain } && HasBegun)
        {
            // By the machine's time: load balancers go by it.
            await Task.Delay(drain, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _over.CancelAsync();
    }

    /// <summary>Ends the pages of a node that drains: they come back at once when it is asked to stop, to itself, and would hold it up until its time is over.</summary>
    /// <param name="context">The request of a page's connection.</param>
    /// <param name="next">What answers it.</param>
    public async Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        if (!options.Value.Enabled)
        {
            await next(context);
            return;
        }

        if (Over.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using var ends = Over.Register(context.Abort);
        await next(context);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _over.Dispose();
}

/// <summary>Puts <see cref="Draining"/> before the connections of pages.</summary>
public static class DrainingServices
{
    private static readonly PathString Pages = "/_blazor";

    /// <summary>Lets pages go when the node has drained.</summary>
    /// <param name="app">The host.</param>
    public static void UseDraining(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var draining = app.Services.GetRequiredService<Draining>();
        app.Use((context, next) => context.Request.Path.StartsWithSegments(Pages, StringComparison.OrdinalIgnoreCase) ? draining.ServeAsync(context, next) : next(context));
    }
}
