using System.Globalization;
using System.Text;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Scoring.Evaluation;
using DeEscalationBot.Plugin.Scoring.MlNet;
using DeEscalationBot.Plugin.Scoring.MlNet.Drafts;
using DeEscalationBot.Training.Evaluation;
using DeEscalationBot.Training.Fitting;
using static DeEscalationBot.Training.CardText;

namespace DeEscalationBot.Training;

/// <summary>Writes <c>drafts.card.md</c>: what the model of drafts is made of, how it does, and where it fails.</summary>
internal static class DraftModelCard
{
    // Rules below this are named among the weaknesses.
    private const double Weak = 0.6;

    public static string Write(FittedDrafts fitted, IReadOnlySet<string> notes)
    {
        var card = new StringBuilder();
        card.Append(
            """
            # Model card: drafts

            Written by the training program; not to be edited by hand. How to train again: `README.md` in this folder.

            ## What it is for
            Weighs, while a support agent types, which rules of the review (`prompts/playbook/*/draft-rules.yaml`) a draft to a customer breaks, in Spanish or
            English. It advises the person who writes. Not for anything else: not for judging agents, not for text by customers.


            """.ReplaceLineEndings("\n"));
        Formatted(card, $"Archive: `drafts.zip`, {fitted.Archive.Length} bytes, SHA-256 `{fitted.Metadata.ArchiveSha256}`, features version {fitted.Metadata.FeatureVersion}, seed {fitted.Metadata.Seed}. Trained again on the same data it has the same bytes.");
        AppendForm(card);
        AppendData(card, fitted);
        foreach (var (language, judged) in fitted.CrossValidated)
        {
            AppendFigures(card, language, judged, fitted.Metadata, notes);
        }

        AppendWeaknesses(card, fitted);
        return card.ToString();
    }

    private static void AppendForm(StringBuilder card) => card.Append(
        string.Create(
            CultureInfo.InvariantCulture,
            $"""

            ## Form
            Two layers of logistic regressions (ML.NET, L-BFGS, one thread), each language with its own.

            1. {DraftHeads.Ngram.Count} heads over hashed n-grams, as the frustration model has them: one for each rule of passages and one for any fault, fitted on sentences and
               clauses, and one for each rule of whole drafts, fitted on drafts. Only hashes and weights are kept: no vocabulary.
            2. {DraftHeads.Final.Count} final heads over {DraftInputs.Count} inputs: the logits for the sentence, its hottest clause and its neighbours (or for the draft, its hottest, first and last
               sentence), and what the rules see: their findings, what takes them back, likeness to the playbook's examples, parts that phrases play, what the
               customer has said. They were fitted on logits of drafts whose writer the first layer had not read. The last of them tells drafts with any fault from sound ones.

            Platt scales per language and rule make the chances; a rule counts as broken from its threshold on. In a draft that looks sound the judge adds only what it is sure of, and takes
            back what phrases find and it does not. Decided by the rules alone, without heads: {string.Join(", ", JudgedRules.OfRulesAlone)}.


            """).ReplaceLineEndings("\n"));

    private static void AppendData(StringBuilder card, FittedDrafts fitted)
    {
        Line(card, "## Data");
        Line(card, "Our own drafts (`corpus/drafts/`, MIT, written for this project by people and tools who had not seen the rules), the playbook's example sentences, and what");
        Line(card, "the review itself puts into drafts, as harmless. With `--translate` each language also learns from the other's drafts, machine-translated.");
        Line(card, string.Empty);
        Line(card, "| writer | drafts |");
        Line(card, "|---|---|");
        foreach (var (writer, count) in fitted.Metadata.Lines)
        {
            Formatted(card, $"| {writer} | {count} |");
        }

        Line(card, string.Empty);
        Line(card, "## Figures");
        Line(card, "Each draft was judged by heads and final heads that had read the other writers only; thresholds and scales were chosen on the same judgements, so that");
        Line(card, "strangers' drafts come out a little worse: `docs/coaching.md` has the figures on frozen drafts. A rule counts once a draft. Intervals: 95 %, drafts to one customer drawn together.");
        Line(card, string.Empty);
    }

    private static void AppendFigures(StringBuilder card, string language, IReadOnlyList<JudgedDraft> judged, ModelMetadata metadata, IReadOnlySet<string> notes)
    {
        var (low, high) = GroupBootstrap.Interval(judged, j => j.Group, d => JudgedDraft.GoodFlagged(d, notes), metadata.Seed);
        Formatted(card, $"### {language}");
        Formatted(card, $"{judged.Count} drafts, {judged.Count(j => j.Truth.Count == 0)} of them good; of these {JudgedDraft.GoodFlagged(judged, notes):0.0 %} are flagged ({low:0.0 %}–{high:0.0 %}), by the rules alone {JudgedDraft.GoodFlagged(judged, notes, byRules: true):0.0 %}.");
        Line(card, string.Empty);
        Line(card, "| rule | drafts | precision | 95 % | recall | 95 % | rules alone: precision | recall | threshold |");
        Line(card, "|---|---|---|---|---|---|---|---|---|");
        var thresholds = metadata.Languages[language].Thresholds;
        for (var r = 0; r < JudgedRules.All.Length; r++)
        {
            var rule = JudgedRules.All[r];
            AppendRow(card, rule, judged, metadata.Seed, d => JudgedDraft.CountsOf(d, rule), JudgedDraft.CountsOf(judged, rule, byRules: true), r < DraftHeads.Rules.Count ? Format(thresholds[r]) : "");
        }

        AppendRow(card, "all", judged, metadata.Seed, d => JudgedDraft.AllCounts(d), JudgedDraft.AllCounts(judged, byRules: true), "");
        Line(card, string.Empty);
    }

    private static void AppendRow(StringBuilder card, string rule, IReadOnlyList<JudgedDraft> judged, int seed, Func<IReadOnlyCollection<JudgedDraft>, DetectionCounts> count, DetectionCounts byRules, string threshold)
    {
        var counts = count(judged);
        var precision = GroupBootstrap.Interval(judged, j => j.Group, d => count(d).Precision, seed);
        var recall = GroupBootstrap.Interval(judged, j => j.Group, d => count(d).Recall, seed);
        Line(card, $"| {rule} | {counts.Present} | {Format(counts.Precision)} | {Format(precision.Low)}–{Format(precision.High)} | {Format(counts.Recall)} | {Format(recall.Low)}–{Format(recall.High)} | {Format(byRules.Precision)} | {Format(byRules.Recall)} | {threshold} |");
    }

    private static void AppendWeaknesses(StringBuilder card, FittedDrafts fitted)
    {
        Line(card, "## Known weaknesses");
        Line(card, "Faults that lie in what the customer wrote and not in the draft's words, irony in polite form, hints (\"it was working when it left here\"), and answers of a trade that no writer");
        Line(card, "had in mind. Found less than six times in ten, or wrongly more than four times in ten:");
        Line(card, string.Empty);
        foreach (var (language, judged) in fitted.CrossValidated)
        {
            var weak = JudgedRules.All.Where(r => JudgedDraft.CountsOf(judged, r) is { Present: > 0 } c && (c.Recall < Weak || OrNothing(c.Precision) < Weak));
            Line(card, $"- {language}: {(weak.Any() ? string.Join(", ", weak) : "none")}");
        }
    }

    private static double OrNothing(double share) => double.IsNaN(share) ? 0 : share;
}
