using System.Globalization;
using System.Text;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring.Evaluation;

namespace DeEscalationBot.Training.Peers;

/// <summary>Sets contenders beside each other on the same texts and writes the tables.</summary>
/// <param name="questions">What is asked.</param>
/// <param name="verdicts">For each question, the verdicts of each contender: ours first.</param>
/// <param name="names">The contenders' names, ours first.</param>
/// <param name="seed">Of the intervals.</param>
internal sealed class Comparison(IReadOnlyList<Question> questions, IReadOnlyList<Verdict>[][] verdicts, IReadOnlyList<string> names, int seed)
{
    // At which share of frustrated customers found the false alarms are compared.
    private const double Found = 0.8;

    private delegate double Measure(IReadOnlyList<int> texts, int contender);

    /// <summary>The table, in Markdown.</summary>
    public string Table()
    {
        var table = new StringBuilder();
        table.Append(CultureInfo.InvariantCulture, $"| held-out texts, measure | number | {string.Join(" | ", names)} | ours − best other |\n|---|---|{string.Concat(names.Select(_ => "---|"))}---|\n");
        foreach (var row in Enumerable.Range(0, questions.Count).SelectMany(RowsOf).AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select(Format))
        {
            table.Append(row).Append('\n');
        }

        return table.ToString();
    }

    /// <summary>The area under the curve of a part of ours on a question.</summary>
    public static double Auc(Question question, IReadOnlyList<Verdict> verdicts) => Metrics.Auc([.. question.Texts.Select((t, i) => (verdicts[i].Score, t.IsPositive))]);

    private IEnumerable<Row> RowsOf(int at)
    {
        var question = questions[at];
        var all = Enumerable.Range(0, question.Texts.Count).ToArray();
        Measure auc = (texts, c) => Metrics.Auc([.. texts.Select(i => (verdicts[at][c][i].Score, question.Texts[i].IsPositive))]);
        if (question.Target == PeerTarget.Level && !question.Texts.Any(t => t.IsPositive))
        {
            yield return new Row(question, "called frustrated or worse, of 1,000", all, (texts, c) => 1000 * Share(texts, i => verdicts[at][c][i].IsCalled), IsLess: true, "0");
            var least = names.Select((_, c) => ThresholdThatFinds(question.Language, c)).ToArray();
            yield return new Row(question, string.Create(CultureInfo.InvariantCulture, $"the same where each finds {100 * Found:0} % of our frustrated ones"), all, (texts, c) => 1000 * Share(texts, i => verdicts[at][c][i].Score >= least[c]), IsLess: true, "0");
            yield break;
        }

        yield return new Row(question, "AUC", all, auc);
        if (question.Texts.Any(t => t.Degree > 1))
        {
            yield return new Row(
                question,
                "Pearson with intensity",
                all,
                (texts, c) => Metrics.Pearson([.. texts.Select(i => verdicts[at][c][i].Score)], [.. texts.Select(i => (double)question.Texts[i].Degree)]));
        }

        if (question.Target == PeerTarget.Abuse)
        {
            var best = names.Select((_, c) => BestThreshold(question, verdicts[at][c])).ToArray();
            var swearing = all.Where(i => question.Texts[i].IsMereSwearing).ToArray();
            yield return new Row(question, "F1 at each one's best threshold", all, (texts, c) => F1(texts, question, i => verdicts[at][c][i].Score >= best[c]));
            yield return new Row(question, "F1 as it comes", all, (texts, c) => F1(texts, question, i => verdicts[at][c][i].IsCalled));
            yield return new Row(question, "mere swearing: share called abusive at each one's best threshold", swearing, (texts, c) => Share(texts, i => verdicts[at][c][i].Score >= best[c]), IsLess: true, "0.00");
            yield return new Row(question, "mere swearing: share called abusive as it comes", swearing, (texts, c) => Share(texts, i => verdicts[at][c][i].IsCalled), IsLess: true, "0.00");
        }

        if (question.Target == PeerTarget.Level)
        {
            yield return new Row(question, "F1 as it comes", all, (texts, c) => F1(texts, question, i => verdicts[at][c][i].IsCalled));
        }
    }

    private string Format(Row row)
    {
        var question = row.Question;
        (double Low, double High) Interval(Func<IReadOnlyList<int>, double> measure) => GroupBootstrap.Interval(row.Texts, i => question.Texts[i].Group, measure, seed);
        string Number(double value) => value.ToString(row.Digits, CultureInfo.InvariantCulture);
        string Between((double Low, double High) ends) => $"{Number(ends.Low)} to {Number(ends.High)}";
        var values = names.Select((_, c) => row.Of(row.Texts, c)).ToArray();
        var sign = row.IsLess ? -1 : 1;
        var best = Enumerable.Range(1, names.Count - 1).MaxBy(c => sign * values[c]);
        var lead = Enumerable.Range(0, names.Count).MaxBy(c => sign * values[c]);
        var cells = names.Select((_, c) => (Value: c == lead ? $"**{Number(values[c])}**" : Number(values[c]), Ends: Between(Interval(texts => row.Of(texts, c))))).Select(c => $"{c.Value} ({c.Ends})");
        var ahead = Interval(texts => row.Of(texts, 0) - row.Of(texts, best));
        return $"| {question.Name}: {row.Measured} | {row.Texts.Count.ToString(CultureInfo.InvariantCulture)} | {string.Join(" | ", cells)} | {Number(values[0] - values[best])} ({Between(ahead)}) |";
    }

    // The score from which a contender finds the wanted share of the frustrated customers of our own held-out lines.
    private double ThresholdThatFinds(MessageLanguage language, int contender)
    {
        var at = Enumerable.Range(0, questions.Count).Single(q => questions[q].Target == PeerTarget.Level && questions[q].Language == language && questions[q].Texts.Any(t => t.IsPositive));
        var scores = questions[at].Texts.Select((t, i) => (t.IsPositive, verdicts[at][contender][i].Score)).Where(s => s.IsPositive).Select(s => s.Score).OrderDescending().ToArray();
        return scores[(int)(Found * scores.Length)];
    }

    private static double BestThreshold(Question question, IReadOnlyList<Verdict> given)
    {
        var ordered = question.Texts.Select((t, i) => (t.IsPositive, given[i].Score)).OrderByDescending(s => s.Score).ToArray();
        var positives = ordered.Count(s => s.IsPositive);
        var (best, bestValue, hits) = (double.PositiveInfinity, 0.0, 0);
        for (var i = 0; i < ordered.Length; i++)
        {
            hits += ordered[i].IsPositive ? 1 : 0;
            var value = 2.0 * hits / (i + 1 + positives);
            if (value > bestValue && (i + 1 == ordered.Length || ordered[i + 1].Score < ordered[i].Score))
            {
                (best, bestValue) = (ordered[i].Score, value);
            }
        }

        return best;
    }

    private static double Share(IReadOnlyList<int> texts, Func<int, bool> isCalled) => (double)texts.Count(isCalled) / texts.Count;

    private static double F1(IReadOnlyList<int> texts, Question question, Func<int, bool> isCalled) =>
        texts.Aggregate(default(DetectionCounts), (counts, i) => counts.With(question.Texts[i].IsPositive, isCalled(i))).F1;

    private sealed record Row(Question Question, string Measured, IReadOnlyList<int> Texts, Measure Of, bool IsLess = false, string Digits = "0.000");
}
