using DeEscalationBot.Core.Scoring.Text;
using DeEscalationBot.Plugin.Scoring.MlNet;

namespace DeEscalationBot.Core.Tests.Scoring;

public sealed class NgramHasherTests
{
    // Counted by hand: a word, a pair with the word before it (or the beginning), and one pair with the end; words in the reach of a negator once more.
    [Theory]
    [InlineData("You are stupid", 7, 0)]
    [InlineData("You are not stupid", 9, 1)]
    [InlineData("Nunca fue caro", 7, 2)]
    [InlineData("don't worry, stupid thing", 9, 1)] // a comma ends it
    [InlineData("no es tonto pero es caro", 13, 2)] // and so does a contrast
    [InlineData("not one two three four five six seven", 17, 6)] // at most six words
    [InlineData("no, gracias", 5, 0)]
    public void Of_NegatedWords_CountOnceMore(string text, int ofWords, int negated) =>
        Assert.Equal(ofWords + negated, NgramHasher.Of(MessageReading.Of(text)).Count(b => b < NgramHasher.FirstCharacterBucket));

    [Fact]
    public void Of_NegatedWord_HasANameOfItsOwn()
    {
        var plain = NgramHasher.Of(MessageReading.Of("she is stupid")).ToHashSet();

        // "not", the three pairs that it makes new, its letters, and "stupid" negated: the last is the same wherever a negator reaches it.
        var denied = NgramHasher.Of(MessageReading.Of("she is not stupid")).Where(b => b < NgramHasher.FirstCharacterBucket && !plain.Contains(b)).ToHashSet();
        var deniedFarther = NgramHasher.Of(MessageReading.Of("nobody thinks that stupid")).ToHashSet();

        Assert.Single(denied.Intersect(deniedFarther).Except(NgramHasher.Of(MessageReading.Of("stupid"))));
    }
}
