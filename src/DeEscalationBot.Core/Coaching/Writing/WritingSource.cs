using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.Writing;

/// <summary>Everything that a text may be drawn from: the conversation, the draft, what a person confirmed, the coach's proposal.</summary>
internal sealed class WritingSource
{
    // Words are compared by their beginning: "llevo" meets "lleva", "charged" meets "charge".
    private const int StemLength = 4;

    private readonly HashSet<string> _forms = new(StringComparer.Ordinal);
    private readonly HashSet<string> _stems = new(StringComparer.Ordinal);
    private readonly HashSet<string> _figures = new(StringComparer.Ordinal);
    private readonly HashSet<(string Value, string Unit)> _counted = [];
    private readonly HashSet<string> _units = new(StringComparer.Ordinal);
    private readonly List<string> _runs = [];

    public WritingSource(WritingRequest request, Figures figures)
    {
        foreach (var turn in request.Turns.Skip(Math.Max(0, request.Turns.Count - WritingRequest.MostTurns)))
        {
            var reading = MessageReading.Of(turn.Text);
            Texts.Add(turn.Text);
            (turn.Speaker == SpeakerRole.Customer ? Theirs : Ours).Add(reading);
        }

        foreach (var text in request.Facts.All.Append(request.Draft).Append(request.Suggestion?.Text))
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                Ours.Add(MessageReading.Of(text));
                Texts.Add(text);
            }
        }

        foreach (var reading in Theirs.Concat(Ours))
        {
            Read(reading, figures);
        }
    }

    public List<MessageReading> Theirs { get; } = [];

    public List<MessageReading> Ours { get; } = [];

    public List<string> Texts { get; } = [];

    public bool Names(Word word) => _forms.Contains(word.Form);

    public bool SpeaksOf(Word word) => _stems.Contains(StemOf(word.Form));

    public bool HasUnit(string unit) => _units.Contains(unit);

    /// <summary>Whether these words stand somewhere, one behind the other.</summary>
    public bool Says(IEnumerable<Word> words)
    {
        var run = $" {string.Join(' ', words.Select(w => w.Form))} ";
        return _runs.Exists(r => r.Contains(run, StringComparison.Ordinal));
    }

    /// <summary>Whether the number was named, counting the same.</summary>
    public bool Holds(Figure figure)
    {
        // "twice" and "two times" are one; a length of time or an amount is not that number of anything else.
        if (figure.Unit is { } unit && unit != "times")
        {
            return _counted.Contains((figure.Value, unit));
        }

        return _figures.Contains(figure.Value) || (figure.Value.EndsWith(":0", StringComparison.Ordinal) && _figures.Contains(figure.Value[..^2]));
    }

    internal static string StemOf(string form) => form.Length <= StemLength ? form : form[..StemLength];

    private void Read(MessageReading reading, Figures figures)
    {
        foreach (var word in reading.Words)
        {
            _forms.Add(word.Form);
            _stems.Add(StemOf(word.Form));
            if (figures.UnitOf(word) is { } unit)
            {
                _units.Add(unit);
            }
        }

        _runs.Add($" {string.Join(' ', reading.Words.Select(w => w.Form))} ");
        foreach (var figure in figures.Find(reading))
        {
            _figures.Add(figure.Value);
            if (figure.Unit is { } counted)
            {
                _counted.Add((figure.Value, counted));
                _units.Add(counted);
            }
        }
    }
}
