using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Cases.Texts;
using DeEscalationBot.Host.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace DeEscalationBot.Host.Tests.Browser;

/// <summary>Whole cases in a real browser, from the customer to the end, by several people; each shortcut is tried and refused by a sentence.</summary>
[Collection(BrowserJourneys.Name)]
public class CaseJourneyTests(BrowserFixture browser)
{
    private const string Supervisor = "Marta Ruiz";
    private const string Agent = "Lucía Vega";
    private const string Manager = "Clara Montes";
    private const string Reader = "Hugo Iriarte";
    private const string Executive = "Vera Lindqvist";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dismissal_InSpanish_FromTheFirstQuestionToTheEnd()
    {
        using var data = new TemporaryDirectory();
        var clock = new AheadClock();
        await using var host = await RunningHost.StartAsync(data.Path, clock);
        await using var window = await OpenAsync(host, "/customers", "es-ES");
        var play = new Play(window, CaseWords.In(MessageLanguage.Spanish));

        await window.Find("details.step > summary").First.ClickAsync();
        await window.Find("#customer-id").FillAsync("gil");
        await window.Find("#customer-name").FillAsync("Gil e Hijos");
        await window.Find("#customer-since").FillAsync("2024-01-15");
        await window.Find("#add-customer").ClickAsync();
        await Expect(window.Find("h1")).ToHaveTextAsync("Gil e Hijos");
        await play.DoAsync("agreeContract", ("terms-start", "2024-02-01"), ("terms-value-amount", "12000"));
        await play.DoAsync("recordRevenue", ("entry-on", Day(clock, -60)), ("entry-amount-amount", "9000"));
        await Expect(window.Find(".figures")).ToContainTextAsync("9.000,00 EUR");
        await LookAsync(window, "case-customer");
        await window.Find("summary", new() { HasText = "Plantear una despedida" }).ClickAsync();
        await window.Find("#dismissal-why").FillAsync("Insulta al equipo");
        await window.Find("#open-dismissal").ClickAsync();
        await Expect(window.Find(".case-stages .now")).ToContainTextAsync("B1");

        // B1: no step without the first question and the customer's concerns.
        await play.RefusedAsync(DismissalRule.NotAssessed, "moveOn");
        await play.DoAsync("assessCustomer", ("assessment", "demanding"), ("why", "Pide mucho"));
        await play.RefusedAsync(DismissalRule.MerelyDemanding, "moveOn");
        await play.DoAsync("assessCustomer", ("assessment", "bad"), ("why", "Siguió después de hablarlo"));
        await play.RefusedAsync(DismissalRule.ConcernsNotHeard, "moveOn");
        await play.DoAsync("hearConcerns", ("wasHeld", "true"), ("notes", "Nos ven lentos"));
        await play.DoAsync("moveOn");

        // B2, B9: an honest review never counts, and nobody is let go without a warning.
        await play.DoAsync("chooseReason", ("reasonId", "abuses-team"));
        await play.RefusedAsync(DismissalRule.HonestReview, "addEvidence", ("evidence-nature", "honestReview"), ("evidence-occurredAt", Instant(clock, -20)), ("evidence-text", "Una reseña de una estrella"));
        await play.DoAsync("addEvidence", ("evidence-nature", "abuse"), ("evidence-occurredAt", Instant(clock, -20)), ("evidence-text", "«¡Inútil!», por teléfono"));
        await play.RefusedAsync(DismissalRule.NotWarned, "moveOn");
        await Expect(window.Find("#refusal")).ToContainTextAsync(play.Words.Reason("abuses-team"));
        await LookAsync(window, "case-dismissal-refused");
        await play.DoAsync("recordWarning", ("warning-givenAt", Instant(clock, -40)), ("warning-channel", "phone"), ("warning-text", "Sin insultos, por favor"));
        await play.DoAsync("moveOn");

        // B3: whoever dealt with them is asked, and answers by the link.
        await play.RefusedAsync(DismissalRule.NoDossier, "moveOn");
        await play.DoAsync("compileDossier");
        await play.DoAsync("askForComment", ("person", Agent));
        await play.RefusedAsync(DismissalRule.CommentOutstanding, "moveOn");
        var address = window.Page.Url;
        await window.Page.GotoAsync(await window.Find("#comment-link").InnerTextAsync());
        await Expect(window.Find("#not-asked")).ToBeVisibleAsync();
        await play.SitAsync(Agent);
        await window.Find("#comment").FillAsync("La ayudé tres veces; los insultos llegaron después.");
        await window.Find("#give-comment").ClickAsync();
        await Expect(window.Find("#comment-given")).ToContainTextAsync("tres veces");
        await window.AssertAccessibleAsync();
        await window.Page.GotoAsync(address);
        await Expect(window.Find("#record")).ToContainTextAsync("tres veces");
        await play.DoAsync("moveOn");

        // B4, B5: what was not tried comes first; then the money.
        await play.DoAsync("answerOptions", ("answer", "Otra persona de contacto"), ("options-0-text", "Otra persona"), ("options-0-result", "untried"), ("options-0-note", "Aún no"));
        await play.RefusedAsync(DismissalRule.OptionUntried, "moveOn");
        await play.DoAsync("answerOptions", ("answer", "Otra persona de contacto"), ("options-0-text", "Otra persona"), ("options-0-result", "triedInVain"), ("options-0-note", "También la insultó"));
        await play.DoAsync("moveOn");
        await play.RefusedAsync(DismissalRule.MoneyMissing, "moveOn");
        await play.DoAsync("reckonMoney");
        await Expect(window.Find("#money")).ToContainTextAsync("9.000,00 EUR");
        await play.DoAsync("moveOn");

        // B4: two decision makers, neither of them who runs the case; nobody twice.
        await play.RefusedAsync(DismissalRule.NotDecisionMaker, "agreeToDismissal", ("grounds", "No queda otra"));
        await play.SitAsync(Manager);
        await play.DoAsync("agreeToDismissal", ("grounds", "He leído el expediente"));
        await play.RefusedAsync(DismissalRule.DecidedTwice, "agreeToDismissal", ("grounds", "Otra vez yo"));
        await LookAsync(window, "case-dismissal-decided");
        await window.AssertAccessibleAsync();
        await play.SitAsync(Executive);
        await play.DoAsync("agreeToDismissal", ("grounds", "No queda otra"));

        // B6: a contract of this size ends in a conversation.
        (string, string)[] plan = [("plan-teller", Manager), ("plan-tellerRole", "manager"), ("plan-endsOn", Day(clock, 60)), ("plan-secondReader", Reader)];
        await play.RefusedAsync(DismissalRule.CallNeeded, "planTelling", [.. plan, ("plan-channel", "email")]);
        await play.DoAsync("planTelling", [.. plan, ("plan-channel", "phone")]);
        await play.DoAsync("moveOn");

        // B7: clean, approved by somebody else, and told as it was approved.
        await play.SitAsync(Supervisor);
        await Expect(window.Find("#writeMessage-text")).ToHaveValueAsync(new Regex("nuestro equipo recibió insultos"));
        await Expect(window.Find("#ask-Documents")).ToBeVisibleAsync();
        await LookAsync(window, "case-dismissal-message");
        await window.AssertAccessibleAsync();
        await play.DoAsync("writeMessage", ("text", "Estimado cliente: por diversos motivos hemos decidido poner fin a nuestra relación. La puerta queda abierta."), ("language", "es"));
        await Expect(window.Find("#farewell-findings")).ToContainTextAsync("vague-reason");
        await play.SitAsync(Manager);
        await play.RefusedAsync(DismissalRule.MessageNotClean, "approveMessage");
        await play.SitAsync(Supervisor);

        // Composed anew, with what only a person knows, it is clean.
        await window.Find("details:has(#step-writeMessage) > summary").ClickAsync();
        await window.Find("#compose").ClickAsync();
        await window.Find("#farewell-OtherProvider").FillAsync("Estudio Norte");
        await window.Find("#farewell-Documents").FillAsync("los archivos de los proyectos");
        await Expect(window.Find("#writeMessage-text")).ToHaveValueAsync(new Regex("los archivos de los proyectos"));
        await play.DoAsync("writeMessage");
        await play.RefusedAsync(CaseRules.NotPermitted, "approveMessage");
        await play.SitAsync(Manager);
        await play.RefusedAsync(DismissalRule.NotApproved, "tellCustomer", ("channel", "phone"));
        await play.DoAsync("approveMessage");

        // B6: said by the script, with the approved words.
        await window.Find("#call-script > summary").ClickAsync();
        await Expect(window.Find("#call-script .call")).ToContainTextAsync("nuestro equipo recibió insultos");
        Assert.Equal("llamada-de-despedida.docx", (await window.Page.RunAndWaitForDownloadAsync(() => window.Find("#call-as-word").ClickAsync())).SuggestedFilename);
        await LookAsync(window, "case-dismissal-call", at: "#call-script");
        await window.AssertAccessibleAsync();
        await play.DoAsync("tellCustomer", ("channel", "phone"));

        // B7, B8: not before the end and the time for an appeal.
        await play.RefusedAsync(DismissalRule.AppealOpen, "closeDismissal");
        clock.Ahead = TimeSpan.FromDays(70);
        await window.Page.ReloadAsync();
        await Expect(window.Find("#missing")).ToHaveCountAsync(0);
        await play.DoAsync("closeDismissal");
        await Expect(window.Find("#now-title")).ToContainTextAsync(play.Words.Name(DismissalOutcome.Dismissed));
        var record = await window.Page.RunAndWaitForDownloadAsync(() => window.Find("#files a").ClickAsync());
        Assert.Matches("^despedida-dis-[0-9a-f]+[.]docx$", record.SuggestedFilename);
        await LookAsync(window, "case-dismissal-closed");
        await window.Page.SetViewportSizeAsync(360, 900);
        await window.AssertNoSidewaysScrollingAsync();
        Assert.Empty(window.Errors);
    }

    [Fact]
    public async Task Departure_InEnglish_FromWhatTheyWroteToTheImprovements()
    {
        using var data = new TemporaryDirectory();
        var clock = new AheadClock();
        await using var host = await RunningHost.StartAsync(data.Path, clock);
        await PostAsync(host, "/api/v1/customers", new() { ["id"] = "mercer", ["name"] = "Mercer Ltd", ["since"] = "2024-01-15" });
        await PostAsync(host, "/api/v1/customers/mercer/steps/addObligation", new()
        {
            ["obligation"] = new JsonObject { ["id"] = "invoice", ["side"] = "theirs", ["kind"] = "payment", ["text"] = "Invoice 118", ["dueOn"] = Day(clock, 30), ["amount"] = new JsonObject { ["amount"] = 250, ["currency"] = "EUR" } },
        });
        await PostAsync(host, "/api/v1/conversations/goodbye/messages", new() { ["id"] = "m1", ["speaker"] = "customer", ["text"] = "I want to cancel my contract. We are leaving.", ["customerId"] = "mercer" });
        await using var window = await OpenAsync(host, "/cases", "en-GB");
        var play = new Play(window, CaseWords.In(MessageLanguage.English));

        // T9: proposed where supervisors look, opened with one click.
        await Expect(window.Find("#proposals")).ToContainTextAsync("mercer");
        await LookAsync(window, "case-proposed");
        await window.AssertAccessibleAsync();
        await window.Find("#proposals fluent-button").First.ClickAsync();
        await Expect(window.Find(".case-stages .now")).ToContainTextAsync("E1");

        await Expect(window.Find("#opened-why")).ToContainTextAsync("want to cancel my contract");
        await play.RefusedAsync(DepartureRule.NotEvaluated, "moveDepartureOn");
        await play.DoAsync(
            "evaluateRelation", ("evaluation-wasFruitful", "yes"), ("evaluation-hadSetbacks", "partly"), ("evaluation-weKeptCommitments", "no"), ("evaluation-theyKeptCommitments", "unknown"), ("evaluation-notes", "Two years"));
        await play.DoAsync("moveDepartureOn");

        await Expect(window.Find("#exit-guide")).ToBeVisibleAsync();

        // E2: a talk has a motive, in their words.
        await play.RefusedAsync(DepartureRule.MotivesUnclear, "holdExitTalk", ("talk", "remote"), ("notes", "A call"));
        await play.DoAsync("holdExitTalk", ("talk", "remote"), ("notes", "A call"), ("motives-0-motive", "serviceQuality"), ("motives-0-words", "Nobody called back"));
        await play.DoAsync("moveDepartureOn");

        // E3: every payment is due before the end.
        await play.RefusedAsync(DepartureRule.PaymentAfterEnd, "agreeEnd", ("endsOn", Day(clock, 20)));
        await LookAsync(window, "case-departure-refused");
        await play.DoAsync("agreeEnd", ("endsOn", Day(clock, 40)));
        await play.DoAsync("moveDepartureOn");

        // E4: the warning about lowering prices is read.
        (string, string)[] row = [("rows-0-responsibility", "ours"), ("rows-0-renegotiation", "lowerPrice"), ("rows-0-note", "A better contact")];
        await play.RefusedAsync(DepartureRule.PriceWarningUnread, "fillMatrix", row);
        await play.DoAsync("fillMatrix", [.. row, ("rows-0-isPriceWarningRead", "true")]);
        await LookAsync(window, "case-departure-matrix");
        await window.AssertAccessibleAsync();
        await play.DoAsync("moveDepartureOn");

        // E5, E6: their data and the report; no testimonial from somebody who leaves because of us.
        await play.RefusedAsync(DepartureRule.HandoverIncomplete, "moveDepartureOn");
        await play.DoAsync("listHandover", ("item-kind", "ownData"), ("item-text", "Their contacts"));
        await play.DoAsync("listHandover", ("item-kind", "finalReport"), ("item-text", "Final report"));
        await play.DoAsync("setReportFigures", ("figures-0-name", "Visits"), ("figures-0-value", "1200"));
        await play.RefusedAsync(DepartureRule.SurveyLinkIllegal, "offerSurvey", ("link", "http://survey.example.org"));
        await play.DoAsync("offerSurvey", ("link", "https://survey.example.org/1"));
        await play.RefusedAsync(DepartureRule.TestimonialNotAsked, "askTestimonial");
        await play.DoAsync("moveDepartureOn");

        // E7: only then closed.
        await play.RefusedAsync(DepartureRule.CommitmentOpen, "closeDeparture");
        await play.DoAsync("completeHandover", ("itemId", "Their contacts"), ("how", "By SFTP"));
        await play.DoAsync("completeHandover", ("itemId", "Final report"), ("how", "As PDF"));
        await PostAsync(host, "/api/v1/customers/mercer/steps/closeObligation", new() { ["obligationId"] = "invoice", ["note"] = "Paid" });
        await play.RefusedAsync(DepartureRule.KeysNotVerified, "changeKeys");
        await play.DoAsync("verifyKeys");
        await play.DoAsync("changeKeys");
        await play.DoAsync("revokeAccess", ("where", "Web shop"));
        await play.RefusedAsync(DepartureRule.EndNotReached, "closeDeparture");
        clock.Ahead = TimeSpan.FromDays(41);
        await window.Page.ReloadAsync();
        await play.DoAsync("closeDeparture");
        await Expect(window.Find("#now-title")).ToContainTextAsync(play.Words.Name(DepartureOutcome.Left));
        await LookAsync(window, "case-departure-closed");

        // E8, E9: what follows, and the rate.
        await play.DoAsync("planImprovement", ("action-text", "Call back within a day"), ("action-owner", "Iker"), ("action-dueOn", Day(clock, 30)));
        await play.DoAsync("judgeFit", ("fit", "ideal"), ("why", "They paid and asked clearly"));
        await window.Page.GotoAsync(new Uri(host.Client.BaseAddress!, "/cases").ToString());
        await Expect(window.Find(".bar-over")).ToHaveCountAsync(1);
        await Expect(window.Find("#chart-motives")).ToContainTextAsync(play.Words.Name(DepartureMotive.ServiceQuality));
        await Expect(window.Find("#chart-kinds")).ToContainTextAsync("ideal ones: 1");
        Assert.Equal("churn.xlsx", (await window.Page.RunAndWaitForDownloadAsync(() => window.Find("#files a[href$='churn.xlsx']").ClickAsync())).SuggestedFilename);
        await LookAsync(window, "case-reports");
        await window.AssertAccessibleAsync();
        Assert.Empty(window.Errors);
    }

    private async Task<Window> OpenAsync(RunningHost host, string path, string language) => await browser.OpenAsync(new Uri(host.Client.BaseAddress!, path).ToString(), language);

    private static async Task PostAsync(RunningHost host, string path, JsonObject body)
    {
        var (status, answer) = await host.PostAsync(path, body.ToJsonString());
        Assert.True((int)status < 300, $"{path}: {status} {answer}");
        Token.ThrowIfCancellationRequested();
    }

    // The pictures of docs/cases.md: what is seen first.
    private static async Task LookAsync(Window window, string name, string at = "body")
    {
        await window.Find(at).EvaluateAsync("e => e.scrollIntoView()");
        await window.TakePictureAsync(name, fullPage: false);
    }

    private static string Day(TimeProvider clock, int days) => clock.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Instant(TimeProvider clock, int days) => clock.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The steps of a case on its page.</summary>
    private sealed class Play(Window window, CaseWords words)
    {
        public CaseWords Words => words;

        /// <summary>Does a step, which must succeed.</summary>
        public async Task DoAsync(string step, params (string Field, string Value)[] fields)
        {
            var before = await RecordedAsync();
            await GiveAsync(step, fields);

            // A case has its record on the page; a customer's entry empties its form.
            if (before >= 0)
            {
                await Expect(window.Find("#record li")).Not.ToHaveCountAsync(before);
            }

            await Expect(window.Find("#refusal")).ToHaveCountAsync(0);
        }

        /// <summary>Tries a step that is refused with its sentence, and records nothing.</summary>
        public async Task RefusedAsync(CaseRule rule, string step, params (string Field, string Value)[] fields)
        {
            var before = await RecordedAsync();
            await GiveAsync(step, fields);
            await Expect(window.Find("#refusal")).ToContainTextAsync(words.Refusal(rule));
            await Expect(window.Find("#refusal .playbook")).ToHaveTextAsync(rule.Playbook);
            Assert.Equal(before, await RecordedAsync());
        }

        public async Task SitAsync(string person)
        {
            await window.Find("#seat").SelectOptionAsync(person);
            await Expect(window.Find("#refusal")).ToHaveCountAsync(0);
        }

        private async Task<int> RecordedAsync() => await window.Find("#record").CountAsync() == 0 ? -1 : await window.Find("#record li").CountAsync();

        private async Task GiveAsync(string step, (string Field, string Value)[] fields)
        {
            var details = window.Find($"details:has(#step-{step})");
            await Expect(window.Find($"#do-{step}")).ToHaveCountAsync(1);
            if (await details.CountAsync() == 1 && await details.GetAttributeAsync("open") is null)
            {
                await details.Locator("> summary").ClickAsync();
            }

            foreach (var (field, value) in fields)
            {
                var input = window.Find($"#{step}-{field}");
                switch (await input.EvaluateAsync<string>("e => e.type"))
                {
                    case "checkbox":
                        await input.SetCheckedAsync(value == "true");
                        break;
                    case "select-one":
                        // What has no name of its own is found by its words.
                        var byValue = await input.Locator($"option[value='{value}']").CountAsync() == 1;
                        var option = byValue ? value : await input.Locator("option", new() { HasText = value }).First.GetAttributeAsync("value");
                        await input.SelectOptionAsync(option!);
                        break;
                    default:
                        await input.FillAsync(value);
                        break;
                }
            }

            await window.Find($"#do-{step}").ClickAsync();
        }
    }

    /// <summary>The real clock, ahead by as much as a test says.</summary>
    private sealed class AheadClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
    }
}
