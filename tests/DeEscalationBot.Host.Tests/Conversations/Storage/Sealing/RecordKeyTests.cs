using System.Security.Cryptography;
using DeEscalationBot.Host.Conversations.Storage.Sealing;

namespace DeEscalationBot.Host.Tests.Conversations.Storage.Sealing;

public class RecordKeyTests
{
    private static readonly KeyOwner Owner = KeyOwner.Conversation("c");
    private static readonly RecordKey Key = RecordKey.Of(Owner, RandomNumberGenerator.GetBytes(RecordKey.Length));

    [Theory]
    [InlineData("")]
    [InlineData("¡Nadie responde! \0 👩‍🚀 \u202E")]
    [InlineData("\u00011.AAAA")]
    public void Seal_AndOpen_GiveTheTextBack_AndNeverTheSameBytesTwice(string text)
    {
        var first = Key.Seal("event/1/c", text);
        Assert.Equal(text, Key.Open("event/1/c", first));
        Assert.True(RecordKey.IsSealed(first));
        Assert.NotEqual(first, Key.Seal("event/1/c", text));
        Assert.DoesNotContain('\0', first);
    }

    [Fact]
    public void Open_Plain_GivesItBack_AlsoWithoutAKey()
    {
        Assert.Equal("{\"by\":\"ana\"}", Key.Open("event/1/c", "{\"by\":\"ana\"}"));
        Assert.Equal("{\"by\":\"ana\"}", RecordKey.None.Open("event/1/c", "{\"by\":\"ana\"}"));
        Assert.Equal("text", RecordKey.None.Seal("event/1/c", "text"));
    }

    [Fact]
    public void Open_AnotherPlaceKeyOrText_IsRefusedWithoutTheText()
    {
        var text = Key.Seal("event/1/c", "secreto");
        var changed = text[..^8] + (text[^8] == 'A' ? 'B' : 'A') + text[^7..];
        Action[] wrong =
        [
            () => Key.Open("event/2/c", text),
            () => RecordKey.Of(Owner, RandomNumberGenerator.GetBytes(RecordKey.Length)).Open("event/1/c", text),
            () => Key.Open("event/1/c", changed),
            () => Key.Open("event/1/c", text[..^4]),
            () => Key.Open("event/1/c", RecordKey.Mark + "AAAA"),
            () => Key.Open("event/1/c", RecordKey.Mark + "not base64"),
            () => RecordKey.None.Open("event/1/c", text),
        ];
        Assert.All(wrong, open => Assert.DoesNotContain("secreto", Assert.Throws<RecordKeyException>(open).Message, StringComparison.Ordinal));
    }
}
