namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <summary>Reads the marks of a whole clause.</summary>
internal static class MessageClauseMarks
{
    public static TokenMarks Marks(this MessageClause clause)
    {
        var marks = TokenMarks.None;
        foreach (var token in clause.Tokens)
        {
            marks |= token.Marks;
        }

        return marks;
    }
}
