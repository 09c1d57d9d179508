using System.Globalization;
using System.Text;
using DeEscalationBot.Core.Scoring.Evaluation;
using DeEscalationBot.Plugin.Scoring.MlNet;
using DeEscalationBot.Training.Data;
using DeEscalationBot.Training.Evaluation;
using DeEscalationBot.Training.Fitting;
using static DeEscalationBot.Training.CardText;

namespace DeEscalationBot.Training;

/// <summary>Writes <c>frustration.card.md</c>: what the model is made of, how it does, and where it fails.</summary>
internal static class ModelCard
{
    private const int Weaknesses = 6;
    private const int LongestExample = 160;

    private static readonly (string Name, Func<IReadOnlyCollection<Judged>, double> Of)[] Measures =
    [
        ("level: macro F1", Metrics.MacroF1),
        ("level: exact", Metrics.Exact),
        ("level: within one", Metrics.WithinOne),
        ("frustrated or worse: AUC", Metrics.Auc),
        ("frustration and level: Spearman", Metrics.Spearman),
        ("frustrated or worse: ECE", Metrics.Ece),
        ("frustrated or worse: Brier", Metrics.Brier),
    ];

    public static string Write(FittedModel fitted, IReadOnlyDictionary<string, JudgedLines> heldOut, IReadOnlyDictionary<string, CorpusLine> lines)
    {
        var card = new StringBuilder();
        var metadata = fitted.Metadata;
        card.Append(
            """
            # Model card: frustration

            Written by the training program; not to be edited by hand. How to train again: `README.md` in this folder.

            ## What it is for
            Measures one message that a customer wrote to a support desk, in Spanish or English: the calibrated chance that an attentive
            support lead would call it frustrated or worse, and a level from calm (0) to hostile (4). Not for anything else: not for
            agents, not for people outside a support conversation, not for decisions about a customer.


            """.ReplaceLineEndings("\n"));
        Formatted(card, $"Archive: `frustration.zip`, {fitted.Archive.Length} bytes, SHA-256 `{metadata.ArchiveSha256}`, features version {metadata.FeatureVersion}, seed {metadata.Seed}. Trained again on the same data it has the same bytes.");
        AppendForm(card);
        AppendData(card, metadata);
        foreach (var language in ModelHeads.Languages)
        {
            AppendMetrics(card, language, heldOut[language].Levels, fitted.CrossValidated[language].Levels, metadata.Seed);
            AppendIndustries(card, heldOut[language].Levels, lines);
            AppendSignals(card, heldOut[language].Signals, fitted.CrossValidated[language].Signals, metadata.Seed);
        }

        AppendThresholds(card, metadata);
        AppendWeaknesses(card, fitted, lines);
        return card.ToString();
    }

    private static void AppendForm(StringBuilder card) => card.Append(
        string.Create(
            CultureInfo.InvariantCulture,
            $"""

            ## Form
            Two layers of logistic regressions (ML.NET, L-BFGS, one thread) and boosted trees, each language with its own.

            1. {ModelHeads.Ngram.Count} heads over hashed n-grams ({NgramHasher.BucketCount} buckets; words 1–2, negated words once more, characters 3–5 within a word; case, accents and look-alike
               letters folded; numbers and addresses as one token each; times/√n, words and characters apart). Four learn the cumulative levels of our
               corpus, {ModelHeads.Public.Count} what public sets teach (`anger`, `insult`, `pleased`, and `elsewhere`: people among themselves, not at a desk), one each of the
               {ModelHeads.Signals.Length} signals. Only hashes and weights are kept: no vocabulary.
            2. {ModelHeads.Final.Count} final heads, P(level ≥ 1) to P(level ≥ 4) and one for each signal, over the logits of the first layer for the whole message and for its
               hottest sentence, and {DenseFeatures.Count} surface cues, tone sums and what the playbook's rules found: rule and words agree, or one is sure. They were
               fitted on logits of lines that the first layer had not seen, our lines being cut into four folds by industry, and only on the
               lines that the writers of the rules had not seen either (`fresh-*.tsv`): in the others the rules find more than in a stranger's words.
               A logit may weigh differently from {string.Join(", ", FinalInputs.Bends.Select(b => (b * ModelHeads.ScaleDivisor).ToString("+0;−0", CultureInfo.InvariantCulture)))} on. Each head has weights for talk to a desk and weights to add for talk elsewhere, blended by the
               head `elsewhere`; for the latter the heads of levels 1 and 2, abuse and threat were also fitted on the public sets' own marks, likewise unseen,
               which together count {FrustrationTrainer.PublicInFinal} of our lines, less by how unsure the marks are.
            3. Beside the four heads of the levels stand {TreeTrainer.Trees} boosted trees each (ML.NET, FastTree, {TreeTrainer.Leaves} leaves) for talk to a desk and as many for talk elsewhere, blended likewise, over the same values:
               the head is the sum of the trees and half of the weighted sum. An explanation tells the weighted sum.

            Platt scales per language and head, fitted on cross-validated logits, make the chances; those of levels are made to never rise with the level. The frustration is the mean of the chances of levels 1, 2 and 3, in which level 2
            counts twice, with a scale of its own: so a message that is nearly frustrated comes before one that is calm, and a furious one before one that is frustrated.
            Insults, threats and blackmail then bound the level (`LevelPolicy`): hostile needs an insult or a threat. A signal's confidence is 0.5
            at its threshold, in log-odds from there; its evidence is the rule's, or the words that brought most to its head.


            """).ReplaceLineEndings("\n"));

    private static void AppendData(StringBuilder card, ModelMetadata metadata)
    {
        Line(card, "## Data");
        Line(card, "Our own corpus (`corpus/`, MIT, written for this project) counts 1 a line. Public sets carry weak labels; their text is not here, and they mark");
        Line(card, "our levels only as calm. Held-out files are never trained on. With `--translate`, as the shipped model is fitted, each language also learns");
        Line(card, "from the other's lines, machine-translated by Apertium: ours at 0.3, public emotions at 0.7 of their weights. Nothing of that is kept.");
        Line(card, "A third of the fresh lines, and all that are grave or look it, teach once more at half their weight with something beside them that changes nothing: a name, an order,");
        Line(card, "a telephone number, calm sentences of the same industry.");
        Line(card, string.Empty);
        Line(card, "| set | licence | how its labels are read, and weights |");
        Line(card, "|---|---|---|");
        foreach (var set in PublicSets.All)
        {
            Formatted(card, $"| {set.Name} | {set.Licence} | {set.Reading} |");
        }

        Line(card, string.Empty);
        Line(card, "Lines: " + string.Join(", ", metadata.Lines.Select(l => $"{l.Key} {l.Value}")) + ".");
        Line(card, string.Empty);
    }

    private static void AppendMetrics(StringBuilder card, string language, IReadOnlyList<Judged> heldOut, IReadOnlyList<Judged> crossValidated, int seed)
    {
        Formatted(card, $"## Metrics: {(language == "es" ? "Spanish" : "English")}");
        Formatted(card, $"On the frozen held-out split ({heldOut.Count} lines, {heldOut.Select(j => j.Group).Distinct().Count()} scenarios), with 95 % intervals by drawing scenarios; beside it cross-validation by industry on the training lines ({crossValidated.Count}).");
        Line(card, string.Empty);
        Line(card, "| measure | held out | 95 % | cross-validated |");
        Line(card, "|---|---|---|---|");
        foreach (var (name, of) in Measures)
        {
            var (low, high) = Metrics.Interval(heldOut, of, seed);
            Formatted(card, $"| {name} | {of(heldOut):0.000} | {low:0.000}–{high:0.000} | {of(crossValidated):0.000} |");
        }

        Line(card, string.Empty);
        Line(card, "F1 by level 0–4, held out: " + string.Join(", ", Enumerable.Range(0, 5).Select(l => Format(Metrics.F1(heldOut, l)))) + ".");
        Line(card, string.Empty);
        Line(card, "Confusion, held out (rows: the person's level; columns: the level given):");
        Line(card, string.Empty);
        Line(card, "| | 0 | 1 | 2 | 3 | 4 |");
        Line(card, "|---|---|---|---|---|---|");
        for (var truth = 0; truth < 5; truth++)
        {
            Line(card, $"| {truth} | " + string.Join(" | ", Enumerable.Range(0, 5).Select(given => heldOut.Count(j => j.Truth == truth && j.Given == given))) + " |");
        }

        Line(card, string.Empty);
        Line(card, "Reliability of the frustration, held out:");
        Line(card, string.Empty);
        Line(card, "| lines | mean chance given | share frustrated or worse |");
        Line(card, "|---|---|---|");
        foreach (var (count, chance, share) in Metrics.Reliability(heldOut))
        {
            Formatted(card, $"| {count} | {chance:0.00} | {share:0.00} |");
        }

        Line(card, string.Empty);
    }

    private static void AppendIndustries(StringBuilder card, IReadOnlyList<Judged> heldOut, IReadOnlyDictionary<string, CorpusLine> lines)
    {
        Line(card, "By industry, held out:");
        Line(card, string.Empty);
        Line(card, "| industry | lines | macro F1 | within one | AUC |");
        Line(card, "|---|---|---|---|---|");
        foreach (var industry in heldOut.GroupBy(j => lines[j.Id].Industry).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (Name: g.Key, Lines: g.ToArray())))
        {
            Formatted(card, $"| {industry.Name} | {industry.Lines.Length} | {Metrics.MacroF1(industry.Lines):0.00} | {Metrics.WithinOne(industry.Lines):0.00} | {Metrics.Auc(industry.Lines):0.00} |");
        }

        Line(card, string.Empty);
    }

    private static void AppendSignals(StringBuilder card, IReadOnlyList<JudgedSignals> heldOut, IReadOnlyList<JudgedSignals> crossValidated, int seed)
    {
        var (low, high) = GroupBootstrap.Interval(heldOut, s => s.Group, JudgedLines.MacroF1, seed);
        Formatted(card, $"Signals, held out, with 95 % intervals of the F1: macro F1 {JudgedLines.MacroF1(heldOut):0.00} ({low:0.00}–{high:0.00}); cross-validated on fresh lines {JudgedLines.MacroF1(crossValidated):0.00}. Of what a careless reader would see (hard negatives), {JudgedLines.DecoyAlarms(heldOut):0.0 %} was given.");
        Line(card, string.Empty);
        Line(card, "| signal | lines | precision | recall | F1 | 95 % | cross-validated F1 |");
        Line(card, "|---|---|---|---|---|---|---|");
        foreach (var type in ModelHeads.Signals)
        {
            var counts = JudgedLines.CountsOf(heldOut, type);
            var (from, to) = GroupBootstrap.Interval(heldOut, s => s.Group, drawn => JudgedLines.CountsOf(drawn, type).F1, seed);
            Formatted(card, $"| {char.ToLowerInvariant(type.ToString()[0])}{type.ToString()[1..]} | {counts.Present} | {counts.Precision:0.00} | {counts.Recall:0.00} | {counts.F1:0.00} | {from:0.00}–{to:0.00} | {JudgedLines.CountsOf(crossValidated, type).F1:0.00} |");
        }

        Line(card, string.Empty);
    }

    private static void AppendThresholds(StringBuilder card, ModelMetadata metadata)
    {
        Line(card, "## Thresholds");
        Line(card, "A level is given from this chance of at least that level on. They maximise the macro F1 on cross-validated lines, less half the share");
        Line(card, "that is off by more than one level: to call a furious customer calm costs more than to be a neighbour off. A threshold t says that a level");
        Line(card, "missed costs (1 − t)/t times a level given wrongly. Hostile is never given on a chance under one in three, unless a rule found an insult or threat.");
        Line(card, string.Empty);
        Line(card, "| | annoyed | frustrated | angry | hostile |");
        Line(card, "|---|---|---|---|---|");
        foreach (var (language, calibration) in metadata.Languages)
        {
            Line(card, $"| {language} | " + string.Join(" | ", calibration.Thresholds.Select(t => $"{Format(t)} (missing costs {Format((1 - t) / t)})")) + " |");
        }

        Line(card, string.Empty);
    }

    private static void AppendWeaknesses(StringBuilder card, FittedModel fitted, IReadOnlyDictionary<string, CorpusLine> lines)
    {
        Line(card, "## Known weaknesses");
        Line(card, "Irony without a marked word, coldness in a polite form, a grievance told in plain facts, and languages mixed in one message. It sees one");
        Line(card, "message: what was said before is the conversation's business. Lines of our own that it judged worst in cross-validation:");
        Line(card, string.Empty);
        foreach (var language in ModelHeads.Languages)
        {
            foreach (var judged in fitted.CrossValidated[language].Levels.OrderByDescending(j => Math.Abs(j.Truth - j.Given)).ThenByDescending(j => Math.Abs(j.Frustration - (j.IsFrustrated ? 1 : 0))).ThenBy(j => j.Id, StringComparer.Ordinal).Take(Weaknesses))
            {
                var text = lines[judged.Id].Text.ReplaceLineEndings(" ");
                Formatted(card, $"- {judged.Id}: level {judged.Truth}, given {judged.Given} ({Format(judged.Frustration)}): “{(text.Length <= LongestExample ? text : text[..LongestExample] + "…")}”");
            }
        }
    }
}
