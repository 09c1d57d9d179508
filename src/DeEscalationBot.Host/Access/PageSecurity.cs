using DeEscalationBot.Host.Pages;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Access;

/// <summary>What browsers are told about what they get from this host.</summary>
public static class PageSecurity
{
    /// <summary>Nobody may hold it in a frame.</summary>
    public const string NoFrames = "'none'";

    private const string Policy = "Content-Security-Policy";

    // What is no page loads nothing and stands in no frame.
    private const string OfData = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private const string OfPages = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; ";

    // A year.
    private const string TransportSecurity = "max-age=31536000";

    /// <summary>Sends the headers with every answer; pages and the description replace the policy by one of their own.</summary>
    /// <param name="app">The host; before everything else.</param>
    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // At the last moment: an answer to an exception begins with no headers at all.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
            headers.TryAdd(Policy, OfData);
            if (context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/v3"))
            {
                headers.TryAdd("Cache-Control", "no-store");
            }

            if (context.Request.IsHttps)
            {
                headers.StrictTransportSecurity = TransportSecurity;
            }

            return Task.CompletedTask;
        });
        return next(context);
    });

    /// <summary>Protects a page: it takes nothing from other hosts, runs no script that stands in it, and is framed by those that are named.</summary>
    /// <param name="context">The request.</param>
    /// <param name="ancestors">Who may frame it.</param>
    /// <param name="formsLeave">Whether a form of it leads to another host: browsers hold the way on from a form to the same rule.</param>
    public static void Protect(HttpContext context, string ancestors, bool formsLeave = false)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.Headers[Policy] = $"{OfPages}{(formsLeave ? "" : "form-action 'self'; ")}frame-ancestors {ancestors}";
    }

    /// <summary>Protects the pages: the sidebar may stand in the frames of the desks that the settings name, all others in none.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">What follows.</param>
    internal static Task ProtectPages(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is { } page)
        {
            Protect(context, page.Type == typeof(Pages.Sidebar.SidebarPage) ? DesksOf(context) : NoFrames);
        }

        return next(context);
    }

    // In local mode a desk on this machine may, whatever its port; of a server only those that are named.
    private static string DesksOf(HttpContext context)
    {
        var desks = context.RequestServices.GetRequiredService<IOptions<PagesOptions>>().Value.Desks;
        var local = context.RequestServices.GetRequiredService<SignIn.LocalMode>().IsOn ? " http://localhost:* http://127.0.0.1:* https://localhost:* https://127.0.0.1:*" : "";
        return $"'self'{local} {string.Join(' ', desks)}".TrimEnd();
    }
}
