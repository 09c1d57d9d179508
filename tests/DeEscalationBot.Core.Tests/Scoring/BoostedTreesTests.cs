using DeEscalationBot.Plugin.Scoring.MlNet;

namespace DeEscalationBot.Core.Tests.Scoring;

/// <summary>Trees made by hand, so that every expected value follows from reading them.</summary>
public sealed class BoostedTreesTests
{
    private const int Inputs = 3;

    // First value up to 0.5: then the second up to 0: 1, else 2; otherwise 4.
    private static readonly DecisionTree TwoQuestions = new([new(0, 0.5f, 1, ~2), new(1, 0, ~0, ~1)], [1, 2, 4]);
    private static readonly DecisionTree NoQuestion = new([], [8]);
    private static readonly DecisionTree OneQuestion = new([new(2, -1, ~0, ~1)], [16, 32]);

    [Theory]
    [InlineData(0.5f, 0f, -1f, 1 + 8 + 16)]
    [InlineData(0.5f, 0.001f, -1f, 2 + 8 + 16)]
    [InlineData(0.501f, 0f, -1f, 4 + 8 + 16)]
    [InlineData(-7f, -7f, -0.999f, 1 + 8 + 32)]
    [InlineData(float.NaN, 0f, 0f, 4 + 8 + 32)]
    public void Logit_SumsTheLeavesThatTheValuesLeadTo(float first, float second, float third, float expected)
    {
        var trees = BoostedTrees.Of(Inputs, 0.25f, [TwoQuestions, NoQuestion, OneQuestion]);

        Assert.Equal(3, trees.Count);
        Assert.Equal(0.25f + expected, trees.Logit([first, second, third]));
    }

    [Fact]
    public void Logit_NoTrees_IsTheBias() => Assert.Equal(-2, BoostedTrees.Of(Inputs, -2, []).Logit(new float[Inputs]));

    [Fact]
    public void Logit_TooFewValues_Throws() =>
        Assert.Throws<ArgumentException>(() => BoostedTrees.Of(Inputs, 0, [OneQuestion]).Logit(new float[Inputs - 1]));

    public static TheoryData<DecisionTree, string> Broken => new()
    {
        { new([new(Inputs, 0, ~0, ~1)], [1, 2]), "input 3" },
        { new([new(-1, 0, ~0, ~1)], [1, 2]), "input -1" },
        { new([new(0, float.NaN, ~0, ~1)], [1, 2]), "bound" },
        { new([new(0, 0, ~0, ~1)], [1, float.PositiveInfinity]), "leaf" },
        { new([new(0, 0, ~0, ~1)], [1]), "1 splits and 1 leaves" },
        { new([new(0, 0, 0, ~1)], [1, 2]), "from split 0 to 0" },
        { new([new(0, 0, 1, ~1), new(0, 0, 0, ~2)], [1, 2, 3]), "from split 1 to 0" },
        { new([new(0, 0, 2, ~1), new(0, 0, ~0, ~2)], [1, 2, 3]), "to 2" },
        { new([new(0, 0, ~0, ~2)], [1, 2]), "to -3" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Of_TreeThatCannotBeWalked_IsRefused(DecisionTree tree, string because)
    {
        var refusal = Assert.Throws<InvalidDataException>(() => BoostedTrees.Of(Inputs, 0, [NoQuestion, tree]));

        Assert.Contains(because, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_WhatWasWritten_SaysTheSame()
    {
        var values = Enumerable.Range(0, FinalInputs.Count).Select(i => MathF.Sin(i)).ToArray();
        TreeBlend[] blends =
        [
            new(Of(NoQuestion, TwoQuestions, OneQuestion), Of(OneQuestion, NoQuestion)),
            new(Of(TwoQuestions, NoQuestion), Elsewhere: null),
        ];

        var bytes = TreeBlend.ToBytes(blends);
        var read = TreeBlend.Parse(bytes);

        Assert.Equal(blends.Select(b => b.Logit(values)), read.Select(b => b.Logit(values)));
        Assert.Null(read[1].Elsewhere);
        Assert.Equal(bytes, TreeBlend.ToBytes(read));
    }

    [Fact]
    public void Parse_EveryShorterFile_IsRefused()
    {
        var bytes = TreeBlend.ToBytes([new(Of(TwoQuestions, OneQuestion), Of(NoQuestion))]);

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => TreeBlend.Parse(bytes[..length]));
        }

        Assert.Contains("1 bytes", Assert.Throws<InvalidDataException>(() => TreeBlend.Parse([.. bytes, 0])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(9, 0x7F)]
    public void Parse_ForeignBytes_AreRefused(int at, byte value)
    {
        // At 1 stands how many kinds of trees there are, at 9 the highest byte of their number.
        var bytes = TreeBlend.ToBytes([new(Of(TwoQuestions), Elsewhere: null)]);
        bytes[at] = value;

        Assert.Throws<InvalidDataException>(() => TreeBlend.Parse(bytes));
    }

    [Fact]
    public void Logit_BlendOfTwo_FollowsTheForeignShare()
    {
        var blend = new TreeBlend(BoostedTrees.Of(FinalInputs.MessageSize, 1, []), BoostedTrees.Of(FinalInputs.MessageSize, 3, []));
        var values = new float[FinalInputs.Count];
        var elsewhere = ModelHeads.Ngram.ToList().IndexOf(ModelHeads.Elsewhere);

        // Log-odds of 0 are a share of one half; a scaled logit of 2 is 8 in log-odds.
        Assert.Equal(2, blend.Logit(values), 1e-6f);
        values[elsewhere] = 2;
        Assert.Equal(3 - (2 / (1 + MathF.Exp(8))), blend.Logit(values), 1e-5f);
        values[elsewhere] = -2;
        Assert.Equal(1 + (2 / (1 + MathF.Exp(8))), blend.Logit(values), 1e-5f);
    }

    [Fact]
    public void Logit_HeadWithTrees_CountsTheSumByHalf()
    {
        var sum = new LinearHead(new float[FinalInputs.Count], Bias: 6);
        var trees = new TreeBlend(BoostedTrees.Of(FinalInputs.MessageSize, 1, []), Elsewhere: null);

        Assert.Equal(6, new FinalHead(sum, Trees: null).Logit(new float[FinalInputs.Count]));
        Assert.Equal(4, new FinalHead(sum, trees).Logit(new float[FinalInputs.Count]));
    }

    private static BoostedTrees Of(params DecisionTree[] trees) => BoostedTrees.Of(FinalInputs.MessageSize, 0.5f, trees);
}
