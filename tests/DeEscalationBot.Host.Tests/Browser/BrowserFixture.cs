using DeEscalationBot.Host.Tests.Fixtures;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace DeEscalationBot.Host.Tests.Browser;

/// <summary>The real host and Debian's Chromium, once for all journeys.</summary>
/// <remarks>Skips, and says so, only where Chromium is missing: the test command installs it.</remarks>
public sealed class BrowserFixture : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private readonly TemporaryDirectory _data = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public RunningHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium))
        {
            return;
        }

        Host = await RunningHost.StartAsync(_data.Path);
        _playwright = await Playwright.CreateAsync();

        // A page answers in milliseconds; on a busy machine the browser itself may take seconds.
        Assertions.SetDefaultExpectTimeout(20_000);
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A window of its own person: cookies, storage and language are not shared.</summary>
    public async Task<Window> OpenAsync(string path, string language = "en-GB", int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        Assert.SkipWhen(_browser is null, "Chromium is not on this machine (Debian: apt-get install chromium; tests/run does it).");
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Host.Client.BaseAddress!.ToString(),
            Locale = language,
            TimezoneId = "Europe/Madrid",
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        var window = new Window(context, await context.NewPageAsync());
        await window.Page.GotoAsync(path);
        return window;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (Host is not null)
        {
            await Host.DisposeAsync();
        }

        _data.Dispose();
    }
}

/// <summary>One page of one person, with everything that it asked for and complained about.</summary>
public sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _requests = [];
    private readonly List<string> _errors = [];

    public Window(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.SetDefaultTimeout(20_000);
        page.Request += (_, request) => _requests.Add(request.Url);
        page.WebSocket += (_, socket) => _requests.Add(socket.Url);
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _errors.Add(message.Text);
            }
        };
    }

    public IPage Page { get; }

    public IReadOnlyList<string> Requests => _requests;

    public IReadOnlyList<string> Errors => _errors;

    public ILocator Find(string selector, PageLocatorOptions? options = null) => Page.Locator(selector, options);

    public ILocator Button(string words) => Page.Locator("fluent-button", new PageLocatorOptions { HasText = words });

    /// <summary>Nothing that axe calls serious or critical.</summary>
    public async Task AssertAccessibleAsync()
    {
        var found = await Page.RunAxe();
        var faults = found.Violations.Where(v => v.Impact is "serious" or "critical")
            .Select(v => $"{v.Id}: {v.Help} {string.Join(" ; ", v.Nodes.Take(3).Select(n => n.Html))} {string.Join(" ; ", v.Nodes.Take(3).SelectMany(n => n.Any).Select(c => c.Message))}").ToArray();
        Assert.True(faults.Length == 0, string.Join(Environment.NewLine, faults));
    }

    /// <summary>Everything stands in the width of the window.</summary>
    public async Task AssertNoSidewaysScrollingAsync() =>
        Assert.True(await Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= Page.ViewportSize!.Width);

    /// <summary>Keeps a picture for people to look at, where <see cref="Pictures"/> says.</summary>
    public Task<byte[]> TakePictureAsync(string name, bool fullPage = true) => Page.ScreenshotAsync(new PageScreenshotOptions { Path = Pictures.PathOf(name), FullPage = fullPage });

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}

/// <summary>Where pictures of pages go: to docs/images, when they are being renewed and one of that name is there; else to a temporary folder.</summary>
internal static class Pictures
{
    /// <summary>The variable of the environment that, set to 1, renews the pictures in docs/images.</summary>
    public const string Renew = "DEESCALATION_PICTURES";

    public static string PathOf(string name) => Path.Combine(
        Environment.GetEnvironmentVariable(Renew) == "1" && File.Exists(Repository.PathTo("docs", "images", name + ".png")) ? Repository.PathTo("docs", "images") : Path.Combine(Path.GetTempPath(), "deescalation-pictures"),
        name + ".png");
}

/// <summary>All journeys share one host and one browser, and take turns: two cores.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class BrowserJourneys : ICollectionFixture<BrowserFixture>
{
    public const string Name = "Browser";
}
