namespace DeEscalationBot.Core.Coaching.DraftReview;

/// <summary>What the rules see in a passage, as numbers that a judge can weigh: findings, what takes them back, likeness to examples, parts that phrases play, and looks.</summary>
public static class DraftMarks
{
    private static readonly string[] Looks =
    [
        "words", "question", "exclamation", "quoted", "opens", "closes", "alone", "number", "farewell",
        "customerKnown", "mentioned", "mentions", "mentionsInDraft", "content", "customersNumber", "asksKnown", "asksUnknown", "tried", "doubts", "slip",
    ];

    /// <summary>The roles of phrases in a draft, in order.</summary>
    internal static readonly DraftRole[] Roles = [.. Enum.GetValues<DraftRole>().Except(CompiledDraftRules.CustomerRoles)];

    /// <summary>What each number is.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. JudgedRules.All.Select(r => "found:" + r),
        .. JudgedRules.All.Select(r => "foundElsewhere:" + r),
        .. JudgedRules.All.Select(r => "excused:" + r),
        .. JudgedRules.OfPassages.Select(r => "like:" + r),
        "like:any",
        .. Roles.Select(r => "role:" + r),
        .. Roles.Select(r => "roleInDraft:" + r),
        .. Looks,
    ];

    /// <summary>Number of marks.</summary>
    public static int Count { get; } = Names.Count;

    /// <summary>Writes marks, one after the other.</summary>
    internal sealed class Writer
    {
        private readonly float[] _marks = new float[Count];
        private int _at;

        public void Add(bool mark) => Add(mark ? 1 : 0);

        public void Add(double mark) => _marks[_at++] = (float)mark;

        public void AddAll(IEnumerable<bool> marks)
        {
            foreach (var mark in marks)
            {
                Add(mark);
            }
        }

        public IReadOnlyList<float> Done() =>
            _at == Count ? _marks : throw new InvalidOperationException($"{_at} marks were written, {Count} are named.");
    }
}
