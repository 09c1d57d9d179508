using System.Diagnostics;
using CsCheck;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Tests.Scoring.Text;

public sealed class MessageReadingTests
{
    [Theory]
    [InlineData("¡Qué DESASTRE!", "que desastre")]
    [InlineData("niño", "nino")]
    [InlineData("don't I’m", "dont im")]
    [InlineData("noooo", "no")]
    [InlineData("f**k p*ta", "f**k p*ta")]
    [InlineData("a\u200Bb\u202Ec", "abc")] // zero width and bidirectional control inside a word
    [InlineData("ｆｕｌｌ", "full")] // full-width letters
    [InlineData("39,90 € el 12/03", "39,90 el 12/03")]
    [InlineData("mail me at ana@example.com please", "mail me at ana@example.com please")]
    [InlineData("👍🏽", "👍🏽")]
    [InlineData("pasó.Nada", "paso nada")]
    [InlineData("this is sh!t", "this is sh!t")] // signs that stand for letters do not cut a word
    [InlineData("BULL$H!T", "bull$h!t")]
    [InlineData("a$$ and a$$hole", "a$$ and a$$hole")]
    [InlineData("una M!ERDA", "una m!erda")]
    [InlineData("cabr!n, imbéc!l", "cabr!n imbec!l")]
    [InlineData("p!to", "p!to")] // "to" is a word, "p" is none
    [InlineData("ok!thanks", "ok thanks")] // marks at the end of a word do
    [InlineData("help!!please", "help please")]
    [InlineData("gracias!pero", "gracias pero")]
    [InlineData("¡Genial!Ana", "genial ana")]
    [InlineData("terrible!avoid", "terrible avoid")]
    [InlineData("help!! now!", "help now")]
    [InlineData("3$ o US$50 o 50US$ o $20", "3 o us 50 o 50us o 20")] // prices
    [InlineData("a$ a$$$ a$5", "a a a 5")]
    [InlineData("http://a.b/x!y$z www.a.b/!q", "http://a.b/x!y$z www.a.b/!q")]
    [InlineData("a!b$@example.com", "a!b$@example.com")]
    public void Of_Text_FoldsToForms(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', MessageReading.Of(text).Words.Select(w => w.Form)));

    [Fact]
    public void Of_Sentences_AreToldApartWithTheirQuestions()
    {
        var reading = MessageReading.Of("Hola. ¿Cuándo llega? No llega!! Adiós");

        Assert.Equal([0, 1, 1, 2, 2, 3], reading.Words.Select(w => w.Sentence));
        Assert.Equal([false, true, false, false], reading.AsksQuestion);
    }

    [Theory]
    [InlineData("dijo \"no vuelvo\" y ya", "no vuelvo")]
    [InlineData("me puso «fuera de aquí» ayer", "fuera de aquí")]
    [InlineData("they said 'go away' twice", "go away")]
    [InlineData("I don't and you don't", "")]
    [InlineData("it is 5\" wide and 3\" high", " wide and 3")] // inches look like quotes: harmless, they only keep words from firing
    public void Of_Quotations_AreMarked(string text, string quoted)
    {
        var words = MessageReading.Of(text).Words.Where(w => w.IsQuoted).ToArray();

        Assert.Equal(quoted.Trim(), words.Length == 0 ? string.Empty : text[words[0].Start..words[^1].End]);
    }

    [Fact]
    public void Of_AnyText_KeepsEveryWordInsideTheTextAndInOrder() =>
        Gen.String.Sample(text =>
        {
            var last = 0;
            foreach (var word in MessageReading.Of(text).Words)
            {
                Assert.InRange(word.Start, last, text.Length - 1);
                Assert.InRange(word.End, word.Start + 1, text.Length);
                last = word.End;
            }
        });

    // The bound is generous on purpose: a quadratic reading would need minutes.
    [Theory]
    [InlineData("a.")]
    [InlineData("\"'«")]
    [InlineData("@a")]
    [InlineData("😡")]
    [InlineData("*a*")]
    [InlineData("¿?¡!")]
    [InlineData("x!")]
    [InlineData("x$$")]
    [InlineData("$")]
    public void Of_LongHostileText_StaysLinear(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 65_536 / piece.Length));
        var watch = Stopwatch.StartNew();

        MessageReading.Of(text);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));
    }
}
