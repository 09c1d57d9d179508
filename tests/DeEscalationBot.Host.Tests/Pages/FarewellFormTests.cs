using Bunit;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;
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
    private readonly List<WriteMessage> _given = [];

    public FarewellFormTests()
    {
        var reviewer = PlaybookDraftRules.ReadReviewer(PlaybookFiles.BesideProgram());
        Services.AddSingleton(reviewer);
        Services.AddSingleton(PlaybookLetters.ReadFarewell(PlaybookFiles.BesideProgram(), reviewer));
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

    private static DismissalCase StateUntil<T>()
        where T : DismissalEvent => DismissalCase.Start("dis-1").Apply([.. TheEndings.Dismissal().TakeWhile(e => e is not T)]);

    private static string TextOf(IRenderedComponent<FarewellForm> form) => form.Find("#writeMessage-text").GetAttribute("value")!;

    private IRenderedComponent<FarewellForm> Open(DismissalCase state)
    {
        var file = new DismissalFile(state, TheEndings.Customer("acme", new DateOnly(2024, 1, 15)), "support", [], FarewellBrief.Of(state, new CaseSettings()));
        return Render<FarewellForm>(p => p.Add(f => f.File, file).Add(f => f.Words, CaseWords.In(MessageLanguage.English)).Add(f => f.OnGive, TakeAsync));
    }

    private Task<bool> TakeAsync(object command)
    {
        _given.Add((WriteMessage)command);
        return Task.FromResult(true);
    }
}
