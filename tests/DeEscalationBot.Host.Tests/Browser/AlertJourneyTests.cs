using System.Globalization;
using DeEscalationBot.Host.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace DeEscalationBot.Host.Tests.Browser;

/// <summary>Two supervisors and an agent: each sees the others' moves. How soon is stamped in the browsers themselves: from the key or click in one to the change of the page in another.</summary>
[Collection(BrowserJourneys.Name)]
public class AlertJourneyTests(BrowserFixture browser)
{
    // A second is what docs/alerts.md reports of a machine of its own; the machine that tests it is shared, and a browser on it takes its time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task RaiseAcknowledgeWhisperTakeOverResolve_AreSeenByEverybody()
    {
        await using var marta = await browser.OpenAsync("/console?c=alert-1");
        await using var david = await browser.OpenAsync("/console?c=alert-1");
        await using var agent = await browser.OpenAsync("/sidebar/alert-1", width: 400);
        await david.Page.GetByLabel("You are").SelectOptionAsync("David Okafor");
        await Expect(agent.Find(".quiet.tall")).ToBeVisibleAsync();
        foreach (var supervisor in new[] { marta, david })
        {
            await WatchAsync(supervisor, ".alert-card .state", "nobody yet");
            await WatchAsync(supervisor, ".alert-card .state", "Marta Ruiz is on it");
            await WatchAsync(supervisor, ".said-by", "David Okafor");
            await WatchAsync(supervisor, ".alert-card .state .tag", "Taken over");
            await WatchAsync(supervisor, ".settled", "Called back.");
        }

        await WatchAsync(agent, ".help-state", "Marta Ruiz");
        await WatchAsync(agent, ".whispers", "Offer a call at three.");
        await WatchAsync(agent, ".help-state", "Called back.");
        await WatchAsync(agent, ".said", "outrageous");

        var posted = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await browser.Host.SayAsync("alert-1", "m1", "customer", "This is outrageous. I want to speak to your manager right now!");
        await Expect(marta.Find(".alert-card .state")).ToContainTextAsync("nobody yet");
        await Expect(david.Find(".alert-card .state")).ToContainTextAsync("Delivered"); // it is on a screen
        await TellAsync("raised (posted by HTTP)", posted, (marta, "nobody yet"), (david, "nobody yet"), (agent, "outrageous"));

        await marta.Page.Keyboard.PressAsync("Alt+A");
        await Expect(david.Find(".alert-card .state")).ToContainTextAsync("Marta Ruiz is on it");
        await Expect(agent.Find(".help-state")).ToContainTextAsync("Marta Ruiz");
        await TellAsync("acknowledged", await ActedAtAsync(marta), (david, "Marta Ruiz is on it"), (agent, "Marta Ruiz"));

        await david.Page.GetByLabel("Words to the agent").FillAsync("Offer a call at three.");
        await david.Button("Whisper").ClickAsync();
        await Expect(agent.Find(".whispers")).ToContainTextAsync("Offer a call at three.");
        await Expect(marta.Find(".said-by")).ToContainTextAsync("David Okafor");
        await TellAsync("whispered", await ActedAtAsync(david), (agent, "Offer a call at three."), (marta, "David Okafor"));
        await marta.AssertAccessibleAsync();
        await agent.AssertAccessibleAsync();

        await marta.Button("Take over").ClickAsync();
        await Expect(david.Find(".alert-card .state .tag")).ToContainTextAsync("Taken over");
        await TellAsync("taken over", await ActedAtAsync(marta), (david, "Taken over"));
        await marta.Page.GetByLabel("What was done").FillAsync("Called back.");
        await marta.Button("Resolve").ClickAsync();
        await Expect(david.Find(".settled")).ToContainTextAsync("Called back.");
        await Expect(agent.Find(".help-state")).ToContainTextAsync("Called back.");
        await TellAsync("resolved", await ActedAtAsync(marta), (david, "Called back."), (agent, "Called back."));
        Assert.Empty(marta.Errors);
        Assert.Empty(david.Errors);
        Assert.Empty(agent.Errors);
    }

    [Fact]
    public async Task Dismissed_WithAReason_IsInTheHistory()
    {
        await browser.Host.SayAsync("alert-2", "m1", "customer", "I want to speak to your manager, please.");
        await using var window = await browser.OpenAsync("/console?c=alert-2");
        await window.Find(".alert-card summary", new() { HasText = "dismiss" }).ClickAsync();
        await window.Page.GetByLabel("Why it is dismissed").SelectOptionAsync("AgentHadIt");
        await window.Button("Dismiss").ClickAsync();
        await Expect(window.Find(".settled")).ToContainTextAsync("The agent had it in hand");
        await window.Page.GotoAsync("/alerts");
        await Expect(window.Find("tr", new() { HasText = "alert-2" })).ToContainTextAsync("The agent had it in hand");
        await Expect(window.Find("#duty-title")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task SoundAndNotifications_ComeByChoiceAlone_AndTheChoiceIsKept()
    {
        await using var window = await browser.OpenAsync("/console");
        await window.Page.Context.GrantPermissionsAsync(["notifications"]);
        await window.Page.AddInitScriptAsync(
            """
            window.rung = 0;
            window.notified = [];
            window.AudioContext = class extends AudioContext { constructor() { super(); window.rung++; } };
            window.Notification = class extends Notification { constructor(title, options) { super(title, options); window.notified.push(options.body); } };
            Object.defineProperty(document, 'hidden', { get: () => true }); // The supervisor looks at something else.
            """);
        await window.Page.ReloadAsync();
        await Expect(window.Find(".pane-queue .quiet[aria-busy]")).ToHaveCountAsync(0);

        await browser.Host.SayAsync("alert-sound-1", "m1", "customer", "I want to speak to your manager, please.");
        await Expect(window.Find(".pane-queue")).ToContainTextAsync("alert-sound-1");
        Assert.Equal(0, await window.Page.EvaluateAsync<int>("window.rung + window.notified.length"));

        await window.Page.GetByLabel("Sound").CheckAsync();
        await BecomesAsync(window, "window.rung", "1"); // That is how it sounds.
        await window.Page.GetByLabel("Notifications").CheckAsync();
        await BecomesAsync(window, "localStorage.getItem('deescalation.notifications')", "on");
        await window.Page.ReloadAsync();
        await Expect(window.Page.GetByLabel("Sound")).ToBeCheckedAsync();
        await Expect(window.Page.GetByLabel("Notifications")).ToBeCheckedAsync();

        await browser.Host.SayAsync("alert-sound-2", "m1", "customer", "I want to speak to your manager, please.");
        await BecomesAsync(window, "`${window.rung}, ${window.notified.length}`", "1, 1");
        Assert.Contains("manager", await window.Page.EvaluateAsync<string>("window.notified[0]"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Notifications_ThatTheBrowserRefuses_AreNotTicked_AndItSaysWhatToDo()
    {
        await using var window = await browser.OpenAsync("/console", "es-ES");
        await window.Page.AddInitScriptAsync("Notification.requestPermission = () => Promise.resolve('denied');");
        await window.Page.ReloadAsync();

        // The box is ticked by the browser and taken back by the page, which "check" would call a failure.
        await window.Page.GetByLabel("Notificaciones").ClickAsync();
        await Expect(window.Find("[role=status]", new() { HasText = "El navegador no permite" })).ToBeVisibleAsync();
        await Expect(window.Page.GetByLabel("Notificaciones")).Not.ToBeCheckedAsync();
        await window.AssertAccessibleAsync();
    }

    // The page's policy forbids what Playwright waits for conditions with.
    private static Task<string> BecomesAsync(Window window, string expression, string value) =>
        Eventually.GetsAsync(() => window.Page.EvaluateAsync<string>($"String({expression})"), seen => seen == value, expression);

    // Stamps when words first stand in a place, and when somebody last pressed or clicked something.
    private static async Task WatchAsync(Window window, string place, string words) => await window.Page.EvaluateAsync(
        """
        ([place, words]) => {
          const seen = window.seenAt ??= {};
          const look = () => {
            if (!(words in seen) && [...document.querySelectorAll(place)].some(e => e.textContent.includes(words))) {
              seen[words] = Date.now();
            }
          };
          new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
          for (const act of ['keydown', 'click']) {
            window.addEventListener(act, () => { window.actedAt = Date.now(); }, true);
          }
        }
        """,
        new[] { place, words });

    private static async Task<long> ActedAtAsync(Window window) => (long)await window.Page.EvaluateAsync<double>("window.actedAt");

    private static async Task TellAsync(string what, long actedAt, params (Window Window, string Words)[] seen)
    {
        var took = new List<long>();
        foreach (var (window, words) in seen)
        {
            took.Add((long)await window.Page.EvaluateAsync<double>("words => window.seenAt[words]", words) - actedAt);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: seen after {string.Join(" and ", took)} ms"));
        Assert.All(took, t => Assert.InRange(t, 0, (long)Patience.TotalMilliseconds));
    }
}
