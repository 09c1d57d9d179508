using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.Writing;

namespace DeEscalationBot.Core.Tests.Coaching.Writing;

public sealed class OfflineWriterTests
{
    [Fact]
    public void Letter_WithoutConfirmedFacts_AsksForThemAndInventsNone()
    {
        var letter = WritingSamples.Offline.WriteOffline(WritingSamples.Spanish(WritingKind.ApologyLetter));

        Assert.Equal([MissingFact.Problem, MissingFact.Actions, MissingFact.ResultsBy, MissingFact.Contact], letter.Missing);
        Assert.DoesNotContain(letter.Text, char.IsDigit);
        Assert.DoesNotContain('{', letter.Text);
    }

    [Fact]
    public void Letter_WithConfirmedFacts_HoldsThemAndAsksForNothing()
    {
        var letter = WritingSamples.Offline.WriteOffline(WritingSamples.English(WritingKind.ApologyLetter) with { Facts = new("the double charge", "we are returning $219.50.", "4 March", "care@desks.example") });

        Assert.Empty(letter.Missing);
        Assert.Contains("the double charge", letter.Text, StringComparison.Ordinal);
        Assert.Contains("we are returning $219.50.", letter.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("..", letter.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AddressForm.Usted, "puede hablar directamente")]
    [InlineData(AddressForm.Tu, "puedes hablar directamente")]
    [InlineData(AddressForm.Vos, "podés hablar directamente")]
    public void Letter_SpeaksInTheFormWanted(AddressForm address, string words) =>
        Assert.Contains(words, WritingSamples.Offline.WriteOffline(WritingSamples.Spanish(WritingKind.ApologyLetter, address) with { Facts = new(Contact: "Ana") }).Text, StringComparison.Ordinal);

    [Fact]
    public void Summary_QuotesFirstAndLastAndSaysWhatIsOpen()
    {
        var summary = WritingSamples.Offline.WriteOffline(WritingSamples.English(WritingKind.HandoverSummary)).Text;

        Assert.Contains("order DX-4471", summary, StringComparison.Ordinal);
        Assert.Contains("nobody answers", summary, StringComparison.Ordinal);
        Assert.Contains("no answer", summary, StringComparison.Ordinal);
        Assert.Contains("does not feel heard", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Rewrite_OfAGoodDraft_IsTheDraft()
    {
        const string Draft = "Gracias, Laura. Reviso el pedido 88213 y le escribo hoy antes de las 18:00.";

        Assert.Equal(Draft, WritingSamples.Offline.WriteOffline(WritingSamples.Spanish(WritingKind.RewriteDraft) with { Draft = Draft }).Text);
    }

    [Theory]
    [InlineData("no quiero seguir viviendo, esto fue lo último", WritingKind.HandoverSummary, true)]
    [InlineData("Hola, sigo esperando mi pedido. I want to kill myself.", WritingKind.NextReply, true)]
    [InlineData("my washing machine is smoking and smells burnt", WritingKind.Paraphrase, true)]
    [InlineData("you are a useless idiot", WritingKind.NextReply, true)]
    [InlineData("you are a useless idiot", WritingKind.HandoverSummary, false)]
    [InlineData("I have been waiting three weeks for my refund", WritingKind.NextReply, false)]
    public void Delicate_IsLeftToOurWords(string text, WritingKind kind, bool isDelicate) =>
        Assert.Equal(isDelicate, WritingSamples.Offline.IsDelicate(new WritingRequest(kind, [new(SpeakerRole.Customer, text)])));
}
