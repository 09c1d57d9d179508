using Bunit;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Coaching.Writing;
using DeEscalationBot.Host.Cases;
using DeEscalationBot.Host.Cases.Texts;
using DeEscalationBot.Host.Pages.Cases;
using DeEscalationBot.Host.Tests.Cases.Files;
using DeEscalationBot.Plugin.Playbook;
using Microsoft.Extensions.DependencyInjection;

namespace DeEscalationBot.Host.Tests.Pages;

/// <summary>The step of the message: composed from the case, read by the rules that ship, and said by the script once it is approved (B6, B7).</summary>
public sealed class FarewellFormTests : PageContext
{
    private const string Better = "We end our business relationship on 31 August 2026, because our team received insults.";

    // Read once: they are the rules that ship.
    private static readonly Lazy<DraftReviewer> Drafts = new(() => PlaybookDraftRules.ReadReviewer(PlaybookFiles.BesideProgram()));
    private static readonly Lazy<FarewellWriter> Farewells = new(() => PlaybookLetters.ReadFarewell(PlaybookFiles.BesideProgram(), Drafts.Value));
    private static readonly Lazy<GeneratedTextReviewer> Generated = new(() =>
        PlaybookWriting.ReadReviewer(PlaybookFiles.BesideProgram(), Drafts.Value, PlaybookSignals.ReadDetector(PlaybookFiles.BesideProgram())));

    private readonly List<WriteMessage> _given = [];

    public FarewellFormTests()
    {
        Services.AddSingleton(Drafts.Value);
        Services.AddSingleton(Generated.Value);
        Services.AddSingleton(Farewells.Value);
        Services.AddSingleton<DraftFarewellReader>();
        Services.AddSingleton<FarewellWording>();
    }

    [Fact]
    public void Message_StartsComposed_AndAsksForWhatIsMissingByName()
    {
        var form = Open(StateUntil<MessageWritten>());

        // Abuse is told severely, and what the record gives stands there: the last day, the refund, the day of the insult.
        Assert.Equal("Severe", form.Find("#farewell-tone").GetAttribute("value"));
        Assert.Empty(form.FindAll("#farewell-Mattered"));
        var text = TextOf(form);
        Assert.Contains("31 August 2026", text, StringComparison.Ordinal);
        Assert.Contains("1,000.00 EUR", text, StringComparison.Ordinal);
        Assert.Contains("acme", text, StringComparison.Ordinal);
        Assert.Contains("nora", text, StringComparison.Ordinal);
        Assert.Equal(["ask-OtherProvider", "ask-Documents"], form.FindAll(".missing").Select(m => m.Id));

        form.Find("#farewell-OtherProvider").Input("Studio North");
        form.Find("#farewell-Documents").Input("the contract files");
        Assert.Empty(form.FindAll(".missing"));
        Assert.Contains("Studio North", TextOf(form), StringComparison.Ordinal);
        Assert.Contains("the contract files", TextOf(form), StringComparison.Ordinal);
        Assert.Contains("No rule of a farewell is broken.", form.Markup, StringComparison.Ordinal);

        form.Find("#do-writeMessage").Click();
        form.WaitForAssertion(() => Assert.Equal((TextOf(form), MessageLanguage.English), (Assert.Single(_given).Text, _given[0].Language)));
    }

    [Fact]
    public void Message_FollowsLanguageToneAndAddress()
    {
        var form = Open(StateUntil<MessageWritten>());
        Assert.Empty(form.FindAll("#farewell-address"));

        form.Find("#writeMessage-language").Change("es");
        Assert.Contains("31 de agosto de 2026", TextOf(form), StringComparison.Ordinal);
        Assert.Contains("puede presentar", TextOf(form), StringComparison.Ordinal);
        form.Find("#farewell-address").Change("Vos");
        Assert.Contains("podés presentar", TextOf(form), StringComparison.Ordinal);
        form.Find("#farewell-tone").Change("Cordial");
        Assert.Single(form.FindAll("#farewell-Mattered"));
        form.Find("#farewell-Mattered").Input("los proyectos compartidos");
        Assert.Contains("Hemos valorado los proyectos compartidos.", TextOf(form), StringComparison.Ordinal);
    }

    [Fact]
    public void Message_ThatBreaksARule_SaysSoWhileItIsWritten()
    {
        var form = Open(StateUntil<MessageWritten>());

        form.Find("#writeMessage-text").Input("Dear customer, for various reasons we have decided to part ways. The door stays open.");

        Assert.NotEmpty(form.FindAll("#farewell-findings li"));
        Assert.Contains("vague-reason", form.Find("#farewell-findings").TextContent, StringComparison.Ordinal);

        // What somebody wrote stays whatever they fill in, until they ask for the composed one.
        form.Find("#farewell-Documents").Input("the files");
        Assert.StartsWith("Dear customer", TextOf(form), StringComparison.Ordinal);
        form.Find("#compose").Click();
        Assert.Contains("the files", TextOf(form), StringComparison.Ordinal);
        Assert.Empty(form.FindAll("#compose"));
    }

    [Fact]
    public void Call_HasItsScriptOnceTheMessageIsApproved()
    {
        Assert.Empty(Open(StateUntil<MessageApproved>()).FindAll("#call-script"));

        var saved = JSInterop.SetupModule("/pages.js").SetupVoid("save", _ => true).SetVoidResult();
        var approved = Open(StateUntil<CustomerTold>());
        Assert.Contains("We end our contract on 31 August.", approved.Find("#call-script .call").TextContent, StringComparison.Ordinal);
        Assert.Contains("marta", approved.Find("#call-script .call").TextContent, StringComparison.Ordinal);
        approved.Find("#call-as-word").Click();
        approved.WaitForAssertion(() => Assert.Equal("farewell-call.docx", Assert.Single(saved.Invocations).Arguments[0]));

        // Who writes needs none.
        var written = TheEndings.Dismissal().TakeWhile(e => e is not CustomerTold)
            .Select(e => e is TellingPlanned { Plan: var plan } told ? told with { Plan = plan with { Channel = FarewellChannel.Email, WhyInWriting = "Threats" } } : e);
        Assert.Empty(Open(DismissalCase.Start("dis-1").Apply([.. written])).FindAll("#call-script"));
    }

    [Fact]
    public void Model_SwitchedOff_OffersNothing_AndSaysSo()
    {
        var form = Open(StateUntil<MessageWritten>());

        Assert.Empty(form.FindAll("#word-better"));
        Assert.Contains("no language model is set up", form.Markup, StringComparison.Ordinal);
    }

    // B7: beside ours, and in its place only when somebody chooses it. Nobody's name went out.
    [Fact]
    public void Model_BetterWords_StandBesideOurs_UntilTheyAreChosen()
    {
        var form = WithModel(out var answer);
        var ours = TextOf(form);
        form.Find("#word-better").Click();
        Assert.Equal("true", form.Find("#farewell-worded").GetAttribute("aria-busy"));
        form.Find("#word-better").Click();
        answer.SetResult(Said(Better));

        form.WaitForAssertion(() => Assert.Contains(Better, form.Find("#farewell-worded").TextContent, StringComparison.Ordinal));
        Assert.Equal(ours, TextOf(form));
        var asked = Assert.Single(Writer.Asked).Draft!;
        Assert.Contains("31 August 2026", asked, StringComparison.Ordinal);
        Assert.All(["acme", "nora", "marta", "luis"], name => Assert.DoesNotContain(name, asked, StringComparison.OrdinalIgnoreCase));

        form.Find("#use-worded").Click();
        Assert.Contains(Better, TextOf(form), StringComparison.Ordinal);
        Assert.StartsWith("Dear acme,", TextOf(form), StringComparison.Ordinal);
        Assert.Empty(form.FindAll("#farewell-worded"));
    }

    [Fact]
    public void Model_OursAreKept_WhenTheyAreChosen()
    {
        var form = WithModel(out var answer);
        answer.SetResult(Said(Better));
        var ours = TextOf(form);
        form.Find("#word-better").Click();
        form.WaitForElement("#keep-ours").Click();

        Assert.Equal(ours, TextOf(form));
        Assert.Empty(form.FindAll("#farewell-worded"));
    }

    // What was made of an older message would bring its last day, or overwrite what was typed meanwhile.
    [Theory]
    [InlineData("edited")]
    [InlineData("tone")]
    [InlineData("plan")]
    public void Model_WordsOfAMessageThatWasChangedSince_AreNotOffered(string change)
    {
        var form = WithModel(out var answer);
        form.Find("#word-better").Click();
        switch (change)
        {
            case "edited":
                form.Find("#writeMessage-text").Input(TextOf(form) + " Thank you.");
                break;
            case "tone":
                form.Find("#farewell-tone").Change("Cordial");
                break;
            default:
                var plan = TheEndings.Dismissal().OfType<TellingPlanned>().Single();
                form.Render(p => p.Add(f => f.File, FileOf(StateUntil<MessageWritten>().Apply(plan with { Plan = plan.Plan with { EndsOn = new DateOnly(2026, 9, 30) } }))));
                break;
        }

        answer.SetResult(Said(Better));

        form.WaitForAssertion(() => Assert.Contains("changed meanwhile", form.Find("#worded-by").TextContent, StringComparison.Ordinal));
        Assert.Empty(form.FindAll("#use-worded"));
        Assert.DoesNotContain(Better, form.Markup, StringComparison.Ordinal);
    }

    // The whole is read again: by sentences, as ours is, not by the names of rules alone.
    [Fact]
    public void Model_WordsThatLeaveTheDoorOpen_AreRefusedWithTheReason()
    {
        var form = WithModel(out var answer);
        answer.SetResult(Said(Better + " If you change your mind, the door stays open."));
        form.Find("#word-better").Click();

        form.WaitForAssertion(() => Assert.Contains("reconsideration-opening", form.Find("#worded-findings").TextContent, StringComparison.Ordinal));
        Assert.Contains("broke rules of farewells", form.Find("#worded-by").TextContent, StringComparison.Ordinal);
        Assert.Empty(form.FindAll("#use-worded"));
    }

    [Fact]
    public void Message_WithoutThePlansLastDay_SaysSo()
    {
        var form = Open(StateUntil<MessageWritten>());
        Assert.Empty(form.FindAll("#farewell-last-day"));

        form.Find("#writeMessage-text").Input(TextOf(form).Replace("31 August 2026", "31 July 2026", StringComparison.Ordinal));

        Assert.Contains("31 August 2026", form.Find("#farewell-last-day").TextContent, StringComparison.Ordinal);
    }

    private static WrittenText Said(string text) => new(WritingKind.Farewell, MessageLanguage.English, text, WritingOrigin.LanguageModel);

    private static DismissalFile FileOf(DismissalCase state) => new(state, TheEndings.Customer("acme", new DateOnly(2024, 1, 15)), "support", [], FarewellBrief.Of(state, new CaseSettings()));

    private IRenderedComponent<FarewellForm> WithModel(out TaskCompletionSource<WrittenText> answer)
    {
        var source = answer = new TaskCompletionSource<WrittenText>();
        (Writer.UsesLanguageModel, Writer.Whole) = (true, _ => source.Task);
        return Open(StateUntil<MessageWritten>());
    }

    private static DismissalCase StateUntil<T>()
        where T : DismissalEvent => DismissalCase.Start("dis-1").Apply([.. TheEndings.Dismissal().TakeWhile(e => e is not T)]);

    private static string TextOf(IRenderedComponent<FarewellForm> form) => form.Find("#writeMessage-text").GetAttribute("value")!;

    private IRenderedComponent<FarewellForm> Open(DismissalCase state) =>
        Render<FarewellForm>(p => p.Add(f => f.File, FileOf(state)).Add(f => f.Words, CaseWords.In(MessageLanguage.English)).Add(f => f.OnGive, TakeAsync));

    private Task<bool> TakeAsync(object command)
    {
        _given.Add((WriteMessage)command);
        return Task.FromResult(true);
    }
}
