using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.Chunking;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Plugin.Playbook;

namespace DeEscalationBot.Core.Tests.Coaching.Chunking;

/// <summary>Expected words are those of the steps in <c>checklist.yaml</c> for the problem that the customer tells of.</summary>
public sealed class ChecklistCoachTests
{
    private static readonly ChecklistCoach Coach = PlaybookCoaching.ReadChecklists(ThePlaybook.Files);
    private static readonly DraftReviewer Reviewer = ThePlaybook.Drafts;

    [Theory]
    [InlineData(MessageLanguage.English, "My order number 70415 hasn't arrived and I want my money back", "parcel (order number 70415)|payment (order number 70415)")]
    [InlineData(MessageLanguage.English, "You charged me twice this month", "charges with the contract|wrong charge")]
    [InlineData(MessageLanguage.English, "the internet keeps dropping and on top of that the technician never showed up", "what fails|nobody came")]
    [InlineData(MessageLanguage.English, "I can't log in and nobody replies", "account is safe|one person who answers")]
    [InlineData(MessageLanguage.English, "The blender came broken", "what is broken")]
    [InlineData(MessageLanguage.Spanish, "El pedido 70415 no me ha llegado y quiero que me devuelvan el dinero", "paquete (pedido 70415)|Localizar el pago (pedido 70415)")]
    [InlineData(MessageLanguage.Spanish, "me cobraron dos veces y encima se me cae internet a cada rato", "cobros con el contrato|qué falla")]
    [InlineData(MessageLanguage.Spanish, "El técnico no vino y nadie avisó", "por qué no vino nadie|una persona que responda")]
    [InlineData(MessageLanguage.Spanish, "Quiero darme de baja del contrato 2288", "baja (contrato 2288)|último día")]
    [InlineData(MessageLanguage.Spanish, "hay moho en el baño y la chica de recepción fue grosera", "lugar limpio|cómo le trataron")]
    public void Propose_ProblemsTold_GivesTheStepsOfEach(MessageLanguage language, string text, string expected)
    {
        var steps = Coach.Propose(Told(language, text));

        Assert.InRange(steps.Count, 2, ChecklistCoach.MostSteps);
        Assert.All(expected.Split('|'), e => Assert.Contains(steps, s => s.Contains(e, StringComparison.Ordinal)));
        Assert.All(steps, s => Assert.DoesNotContain('{', s));
    }

    [Theory]
    [InlineData(MessageLanguage.English, "I'm so fed up with all of this")]
    [InlineData(MessageLanguage.Spanish, "Estoy cansado de todo esto")]
    public void Propose_NoKnownProblem_GivesTheGeneralStepsWithoutAnInventedNumber(MessageLanguage language, string text)
    {
        var steps = Coach.Propose(Told(language, text));

        Assert.InRange(steps.Count, 3, ChecklistCoach.MostSteps);
        Assert.All(steps, s => Assert.DoesNotContain(s, char.IsDigit));
    }

    [Fact]
    public void Propose_NothingWritten_ProposesNothing() => Assert.Empty(Coach.Propose(Conversation.Start(ConversationId.Create("empty"))));

    [Theory]
    [InlineData(MessageLanguage.English, "You charged me twice and the parcel never arrived", "(done)")]
    [InlineData(MessageLanguage.Spanish, "Me cobraron dos veces y el paquete no me llegó", "(hecho)")]
    public void ForCustomer_List_CanBeSentAsItIs(MessageLanguage language, string text, string done)
    {
        var c = Told(language, text);
        Assert.Null(Coach.ForCustomer(c));

        c = c.Apply(Checklist.Decide(c, new ChecklistChange(ChecklistMove.Add, Texts: Coach.Propose(c)), "ana", ScriptedConversation.Morning));
        c = c.Apply(Checklist.Decide(c, new ChecklistChange(ChecklistMove.Tick, c.Checklist[0].Id), "ana", ScriptedConversation.Morning));
        var message = Coach.ForCustomer(c)!;

        Assert.Equal(c.Checklist.Count + 1, message.Split('\n').Length);
        Assert.EndsWith(done, message.Split('\n')[1], StringComparison.Ordinal);
        Assert.True(Reviewer.Review(new DraftRequest(message, language)).IsGood, message);
    }

    private static Conversation Told(MessageLanguage language, string text) => new ScriptedConversation(language).Customer(text, FrustrationLevel.Frustrated).Now;
}
