using System.Globalization;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Host.Batch.Evaluation;

/// <summary>What a reader should beware of: said beside the figures, not in a manual.</summary>
internal static class EvaluationWarnings
{
    /// <summary>The warnings, the gravest first.</summary>
    /// <param name="scored">The messages.</param>
    /// <param name="settings">What was asked for.</param>
    /// <param name="overall">Figures of all messages.</param>
    /// <param name="languages">Figures by language.</param>
    /// <param name="recommended">The threshold chosen.</param>
    /// <param name="levels">Figures of levels, or nothing.</param>
    public static IReadOnlyList<string> Of(
        IReadOnlyList<ScoredMessage> scored,
        EvaluateSettings settings,
        ChanceFigures overall,
        IReadOnlyDictionary<string, ChanceFigures> languages,
        RecommendedThreshold recommended,
        LevelFigures? levels)
    {
        var warnings = new List<string>();
        var others = overall.Messages - overall.Frustrated;
        void Warn(bool applies, FormattableString warning)
        {
            if (applies)
            {
                warnings.Add(warning.ToString(CultureInfo.InvariantCulture));
            }
        }

        Warn(scored.Any(s => s.Score.Origin == ScoreOrigin.SignalsOnly), $"No trained model could be loaded: these are the figures of the signal rules alone.");
        Warn(overall.Frustrated < Evaluator.Few, $"Frustrated messages: only {overall.Frustrated}. With fewer than {Evaluator.Few} every figure here is rough, and the threshold is little better than a guess. Label more before you change anything.");
        Warn(others < Evaluator.Few, $"Messages that are not frustrated: only {others}. With fewer than {Evaluator.Few} precision and false alarms are rough.");
        foreach (var (language, figures) in languages)
        {
            Warn(figures.Frustrated < Evaluator.Few && overall.Frustrated >= Evaluator.Few, $"Frustrated messages in '{language}': only {figures.Frustrated}. Its figures are rough.");
        }

        var neverAlerting = settings.MissCost * overall.Frustrated;
        Warn(recommended.Cost >= Math.Min(neverAlerting, others), $"At this cost no threshold beats {(neverAlerting <= others ? "never alerting" : "alerting on every message")}, which costs {Math.Min(neverAlerting, others):0.#}.");
        Warn(true, $"The threshold was chosen on these very messages and looks a little better here than it will be: check it on later ones.");
        Warn(true, $"Precision and alerts hold where as many customers are frustrated as here ({ReportText.Percent((double)overall.Frustrated / overall.Messages)}). If hard messages were picked on purpose, there will be fewer alerts and a smaller share of them right.");
        Warn(settings.MessagesPerDay is null, $"Alerts a day take the file for one day's messages; say --per-day N with your own number.");
        Warn(scored.All(s => s.Message.Conversation is null), $"No conversations were given, so each message counts as one of its own: intervals are too narrow if several come from the same customer.");
        var repeated = scored.Count - scored.Select(s => s.Message.Text.Trim()).Distinct(StringComparer.Ordinal).Count();
        Warn(repeated > 0, $"Messages that repeat the text of another: {repeated}. They count each time.");
        var missing = levels is null ? [] : Enum.GetNames<FrustrationLevel>().Where((_, k) => levels.Confusion[k].Sum() == 0).Select(n => n.ToLowerInvariant()).ToArray();
        Warn(missing.Length > 0, $"No message is labelled {string.Join(" or ", missing)}: macro F1 counts such a level as 0.");
        return warnings;
    }
}
