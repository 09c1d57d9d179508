using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Host.Pages.Parts;

/// <summary>Words of a text that are marked, with what the mark means.</summary>
/// <param name="Start">Offset of the first UTF-16 unit, from 0.</param>
/// <param name="Length">Number of UTF-16 units, at least 1.</param>
/// <param name="Label">What it means, for a tooltip.</param>
/// <param name="Kind">The style, a single word.</param>
public sealed record TextMark(int Start, int Length, string Label, string Kind)
{
    /// <summary>A mark on evidence.</summary>
    /// <param name="evidence">The words.</param>
    /// <param name="label">What it means.</param>
    /// <param name="kind">The style.</param>
    public static TextMark On(EvidenceSpan evidence, string label, string kind)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return new TextMark(evidence.Start, evidence.Length, label, kind);
    }
}

/// <summary>A piece of a text between two edges of marks.</summary>
/// <param name="Text">The piece.</param>
/// <param name="Marks">The marks that cover it, in the order given; none for plain text.</param>
public sealed record MarkedPiece(string Text, IReadOnlyList<TextMark> Marks);

/// <summary>Cuts a text at the edges of its marks.</summary>
public static class TextMarks
{
    /// <summary>The pieces of a text, which together are exactly the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="marks">The marks, in any order, perhaps overlapping. What lies outside the text is left out; an edge inside a surrogate pair is moved out of it.</param>
    public static IReadOnlyList<MarkedPiece> Cut(string text, IEnumerable<TextMark> marks)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(marks);
        var legal = new List<(int Start, int End, TextMark Mark)>();
        foreach (var mark in marks)
        {
            var start = Math.Clamp(mark.Start, 0, text.Length);
            var end = (int)Math.Clamp((long)mark.Start + mark.Length, 0, text.Length);
            start = IsInsidePair(text, start) ? start - 1 : start;
            end = IsInsidePair(text, end) ? end + 1 : end;
            if (end > start)
            {
                legal.Add((start, end, mark));
            }
        }

        var edges = new SortedSet<int> { 0, text.Length };
        foreach (var (start, end, _) in legal)
        {
            edges.Add(start);
            edges.Add(end);
        }

        var pieces = new List<MarkedPiece>(edges.Count);
        var from = 0;
        foreach (var to in edges.Skip(1))
        {
            var (a, b) = (from, to);
            pieces.Add(new MarkedPiece(text[a..b], [.. legal.Where(l => l.Start <= a && l.End >= b).Select(l => l.Mark)]));
            from = to;
        }

        return pieces;
    }

    /// <summary>Where marks lie after an edit: those before and behind it stay on their words, those that it touched are dropped.</summary>
    /// <typeparam name="T">What carries a mark.</typeparam>
    /// <param name="before">The text that the marks belong to.</param>
    /// <param name="after">The text now.</param>
    /// <param name="items">What carries the marks.</param>
    /// <param name="spanOf">Its words.</param>
    /// <param name="moved">The same with other words.</param>
    public static IReadOnlyList<T> Follow<T>(string before, string after, IReadOnlyList<T> items, Func<T, EvidenceSpan> spanOf, Func<T, EvidenceSpan, T> moved)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(spanOf);
        ArgumentNullException.ThrowIfNull(moved);
        if (string.Equals(before, after, StringComparison.Ordinal))
        {
            return items;
        }

        var head = before.AsSpan().CommonPrefixLength(after);
        var shortest = Math.Min(before.Length, after.Length);
        var tail = 0;
        while (tail < shortest - head && before[^(tail + 1)] == after[^(tail + 1)])
        {
            tail++;
        }

        var shift = after.Length - before.Length;
        var kept = new List<T>(items.Count);
        foreach (var item in items)
        {
            var span = spanOf(item);
            if (span.End <= head)
            {
                kept.Add(item);
            }
            else if (span.Start >= before.Length - tail)
            {
                kept.Add(moved(item, span with { Start = span.Start + shift }));
            }
        }

        return kept;
    }

    private static bool IsInsidePair(string text, int at) =>
        at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1]);
}
