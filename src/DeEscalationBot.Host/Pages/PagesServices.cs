using System.Globalization;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Pages.Cases;
using DeEscalationBot.Host.Pages.Demo;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.FluentUI.AspNetCore.Components;

namespace DeEscalationBot.Host.Pages;

/// <summary>Registers the pages: sidebar, console and demo.</summary>
public static class PagesServices
{
    // Interface texts exist in two languages; dates and numbers follow the region that the browser names.
    private static readonly string[] Regions =
    [
        "en", "en-US", "en-GB", "en-CA", "en-AU", "en-IE", "en-IN", "en-NZ",
        "es", "es-ES", "es-MX", "es-AR", "es-CO", "es-CL", "es-PE", "es-UY", "es-EC", "es-VE", "es-CR", "es-US",
    ];

    /// <summary>Registers what the pages need. They reach conversations by <see cref="Conversations.IConversationDesk"/> alone.</summary>
    /// <param name="services">Where to register.</param>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<PagesOptions>().BindConfiguration(PagesOptions.Section).ValidateOnStart()
            .Validate(
                o => o.DraftPause >= PagesOptions.ShortestDraftPause && o.DraftPause <= PagesOptions.LongestDraftPause,
                "Pages:DraftPause must lie between 50 ms and 5 s.")
            .Validate(
                o => o.Desks.All(d => PagesOptions.TryReadOrigin(d, out _)),
                "Pages:Desks must hold origins such as https://desk.example.com, without a path or a slash at the end.");
        services.AddLocalization();
        services.Configure<RequestLocalizationOptions>(o =>
        {
            o.SetDefaultCulture("en");
            o.AddSupportedCultures(Regions).AddSupportedUICultures("en", "es");
            foreach (var byAddress in o.RequestCultureProviders.OfType<QueryStringRequestCultureProvider>())
            {
                byAddress.QueryStringKey = byAddress.UIQueryStringKey = "lang";
            }
        });

        // The frame policy is sent with the rest of the content policy, see PageSecurity.
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddFluentUIComponents();

        // Who may frame a page is said by the content policy, which knows the desks; this header knows only itself.
        services.AddAntiforgery(o => o.SuppressXFrameOptionsHeader = true);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<DemoLibrary>();
        services.TryAddScoped<PageZone>();
        services.TryAddScoped<CaseSeat>();
        return services;
    }

    /// <summary>Maps the pages, their files and the language switch.</summary>
    /// <param name="app">The application.</param>
    public static WebApplication MapPages(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);

        // Without it, files of packages are found in the Development environment only; nothing here depends on an environment.
        StaticWebAssetsLoader.UseStaticWebAssets(app.Environment, app.Configuration);
        app.Use(RememberLanguage);
        app.UseRequestLocalization();
        app.Use(PageSecurity.ProtectPages);
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapGet("/language/{language}", SwitchLanguage).ExcludeFromDescription().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(o => o.ContentSecurityFrameAncestorsPolicy = null).RequireAuthorization(AccessRule.OpenPages);
        return app;
    }

    // A desk that embeds the sidebar names the language in the address; the circuit that follows knows it by the cookie only.
    private static Task RememberLanguage(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Query["lang"] is [("es" or "en") and var language])
        {
            var culture = CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(RegionOf(context, language), language));
            AppendCookie(context, culture);
        }

        return next(context);
    }

    private static IResult SwitchLanguage(HttpContext context, string language, string? back)
    {
        if (language is not ("es" or "en"))
        {
            return TypedResults.NotFound();
        }

        AppendCookie(context, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(RegionOf(context, language), language)));
        var isLocal = back is ['/', ..] && !back.StartsWith("//", StringComparison.Ordinal) && !back.StartsWith("/\\", StringComparison.Ordinal);
        return TypedResults.LocalRedirect(isLocal ? back! : "/");
    }

    private static void AppendCookie(HttpContext context, string culture) =>
        context.Response.Cookies.Append(
            CookieRequestCultureProvider.DefaultCookieName,
            culture,
            new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(365),
                IsEssential = true,
                HttpOnly = true,

                // In a desk's frame on another site a browser sends only such cookies, and only over TLS.
                SameSite = context.Request.IsHttps ? SameSiteMode.None : SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
            });

    // The region that the browser prefers for this language, for its dates and numbers.
    private static string RegionOf(HttpContext context, string language)
    {
        foreach (var accepted in context.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(a => a.Quality ?? 1))
        {
            if (Array.Find(Regions, r => accepted.Value.Equals(r, StringComparison.OrdinalIgnoreCase)) is { } region
                && CultureInfo.GetCultureInfo(region).TwoLetterISOLanguageName == language)
            {
                return region;
            }
        }

        return language;
    }
}
