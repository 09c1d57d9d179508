namespace DeEscalationBot.Core.Coaching.DraftReview;

/// <summary>A set of word forms, some of them given by their beginning.</summary>
internal sealed class WordList
{
    public static readonly WordList Empty = new([]);

    private readonly HashSet<string> _forms = new(StringComparer.Ordinal);
    private readonly HashSet<string> _beginnings = new(StringComparer.Ordinal);
    private readonly int _shortest = int.MaxValue;
    private readonly int _longest;

    public WordList(IEnumerable<string> entries)
    {
        foreach (var entry in entries)
        {
            var beginning = entry.EndsWith('*');
            var form = Scoring.Text.MessageReading.FormOf(beginning ? entry[..^1] : entry);
            if (!beginning)
            {
                _forms.Add(form);
                continue;
            }

            _beginnings.Add(form);
            _shortest = Math.Min(_shortest, form.Length);
            _longest = Math.Max(_longest, form.Length);
        }
    }

    public bool Contains(string form)
    {
        if (_forms.Contains(form))
        {
            return true;
        }

        var lookup = _beginnings.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = _shortest; length <= Math.Min(_longest, form.Length); length++)
        {
            if (lookup.Contains(form.AsSpan(0, length)))
            {
                return true;
            }
        }

        return false;
    }
}
