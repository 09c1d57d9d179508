using DeEscalationBot.Core.Channels;
using DeEscalationBot.Training.Peers;

namespace DeEscalationBot.Host.Tests.Training.Peers;

/// <summary>The split on made-up sets in the shapes of the public ones: a few lines each, written here.</summary>
public sealed class PeerSplitTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("peer-split-");

    public PeerSplitTests()
    {
        Write("goemotions/labels.txt", "anger\njoy\ndisapproval\nneutral");
        Write("goemotions/train.tsv", "that is fine\t3\tg1\nsaid on both sides\t3\tg2\n");
        Write("goemotions/dev.tsv", "what a day\t1\tg3\n");
        Write("goemotions/test.tsv", "said on both sides\t3\tg4\nI am cross with [NAME]\t0,1\tg5\nno way, never\t2\tg6\n");
        Write("xed/en-annotated.tsv", "Get out!\t1, 4\nLovely.\t5\nno label here\n");
        Write("xed/es-projections.tsv", "¡Fuera!\t3\nQué bien.\t5\n");
        Write("xed/neu_en.txt", "9\tIt is noon.\n");
        Write("brighter/train-eng.csv", "id,text,anger,joy\ne1,\"so, this is it\",3,0\ne2,a walk,0,1\n");
        Write("brighter/train-esp.csv", "id,text,anger,joy\ns1,qué rabia @<username>,1,0\n");
        Write("offendes/training_set.tsv", "comment_id\tcomment\tinfluencer\tgender\tmedia\tlabel\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"{i}\tcomentario número {i}\tx\tw\ty\t{(i % 3) switch { 0 => "NO", 1 => "NOE", _ => "OFP" }}\n")));
        Write("offendes/dev_set.tsv", "comment_id\tcomment\tinfluencer\tgender\tmedia\tlabel\n");
        Write("edos/edos_labelled_aggregated.csv", "rewire_id,text,label_vector,split\n1,\"a \"\"quoted\"\" threat\",1.1 threats of harm,test\n2,\"passed over,\nby the trainer\",4.2 supporting systemic,test\n3,harmless,none,test\n4,harmless too,none,train\n");
        Write("banking77/train.csv", "text,category\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"how do I change card {i},card\n")));
        Write("banking77/test.csv", "text,category\n");
        foreach (var file in (string[])["insurance", "media", "software"])
        {
            Write($"multidogo/{file}.tsv", "conversationId\tturnNumber\tutteranceId\tutterance\tslot-labels\tintent\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"{file}-{i / 2}\t{i}\tu\t{(i % 2 == 0 ? "hi" : $"my {file} number is {i}")}\tO\tx\n")));
        }

        Write("lexicons/vader/vaderSentiment/vader_lexicon.txt", "awful\t-2.0\t0.5\t[]\n");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Make_Twice_GivesTheSame()
    {
        var (first, second) = (Make(), Make());

        Assert.Equal(first.HeldOut, second.HeldOut);
        Assert.Equal(first.Rest.Select(l => (l.Set, l.Text)), second.Rest.Select(l => (l.Set, l.Text)));
    }

    [Fact]
    public void Make_AnySet_HasNoTextOnBothSides()
    {
        var split = Make();

        Assert.Empty(split.HeldOut.Select(t => t.Text).Intersect(split.Rest.Select(l => l.Text)));
        Assert.DoesNotContain(split.Rest, l => l.Text == "said on both sides");
    }

    [Fact]
    public void Make_WholeSets_LeaveNothingToTheRest()
    {
        var split = Make();

        Assert.DoesNotContain(split.Rest, l => l.Set is "BRIGHTER" or "XED");
        Assert.Equal(
            [("so, this is it", 3), ("a walk", 0), ("qué rabia @user", 1)],
            split.HeldOut.Where(t => t.Set == "BRIGHTER").Select(t => (t.Text, t.Degree)));
        Assert.Equal(
            [("Get out!", MessageLanguage.English, true), ("Lovely.", MessageLanguage.English, false), ("¡Fuera!", MessageLanguage.Spanish, true), ("Qué bien.", MessageLanguage.Spanish, false), ("It is noon.", MessageLanguage.English, false)],
            split.HeldOut.Where(t => t.Set == "XED").Select(t => (t.Text, t.Language, t.IsPositive)));
    }

    [Fact]
    public void Make_TestSplits_AreHeldOutWithTheirLabels()
    {
        var split = Make();

        Assert.Equal([("said on both sides", false), ("I am cross with Alex", true), ("no way, never", true)], split.HeldOut.Where(t => t.Set == "GoEmotions").Select(t => (t.Text, t.IsPositive)));
        Assert.Equal([("a \"quoted\" threat", true), ("passed over,\nby the trainer", false), ("harmless", false)], split.HeldOut.Where(t => t.Set == "EDOS").Select(t => (t.Text, t.IsPositive)));
        Assert.Equal(["harmless too"], split.Rest.Where(l => l.Set == "EDOS").Select(l => l.Text));
    }

    [Fact]
    public void Make_Tenths_AreAboutATenthAndKeepConversationsTogether()
    {
        var split = Make();

        // 300 lines or 300 conversations each: a tenth is 30, and three standard deviations of a binomial are 16.
        Assert.InRange(split.HeldOut.Count(t => t.Set == "OffendES"), 14, 46);
        Assert.InRange(split.HeldOut.Count(t => t.Set == "Banking77"), 14, 46);
        var conversations = split.HeldOut.Where(t => t.Set == "MultiDoGO").GroupBy(t => t.Group).ToArray();
        Assert.InRange(conversations.Length, 14, 46);
        Assert.All(conversations, c => Assert.Equal(2, c.Count()));
        Assert.All(split.HeldOut.Where(t => t.Set == "OffendES"), t => Assert.Equal(int.Parse(t.Group, System.Globalization.CultureInfo.InvariantCulture) % 3, t.IsPositive ? 2 : t.IsMereSwearing ? 1 : 0));
    }

    [Fact]
    public void Make_BlankText_StandsOnNeitherSide()
    {
        Write("brighter/train-esp.csv", "id,text,anger,joy\ns1,  ,1,0\ns2,algo,0,0\n");

        var split = Make();

        Assert.Equal(["algo"], split.HeldOut.Where(t => t.Set == "BRIGHTER" && t.Language == MessageLanguage.Spanish).Select(t => t.Text));
        Assert.DoesNotContain(split.Rest, l => string.IsNullOrWhiteSpace(l.Text));
    }

    [Fact]
    public void Make_MissingSet_NamesTheFile()
    {
        _folder.GetDirectories("edos").Single().Delete(recursive: true);

        var fault = Assert.ThrowsAny<IOException>(Make);

        Assert.Contains("edos_labelled_aggregated.csv", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void IsInTenth_KnownKeys_NeverChange()
    {
        // First four bytes of SHA-256 of "OffendES/7" and so on, big-endian, modulo 10; computed with sha256sum.
        Assert.Equal([6, 13, 26, 28, 29], Enumerable.Range(0, 30).Where(i => PeerSplit.IsInTenth("OffendES", i.ToString(System.Globalization.CultureInfo.InvariantCulture))));
    }

    private PeerSplit Make() => PeerSplit.Make(_folder.FullName, Path.Combine(_folder.FullName, "work"));

    private void Write(string path, string text)
    {
        var file = new FileInfo(Path.Combine(_folder.FullName, path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
    }
}
