using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Host.Batch.Evaluation;

/// <summary>What came of an evaluation: what <c>evaluate --json</c> writes. Numbers have four digits; what could not be told is null.</summary>
/// <param name="File">The file's name.</param>
/// <param name="BrokenLines">How many lines could not be used.</param>
/// <param name="MessagesPerDay">What alerts a day are reckoned from.</param>
/// <param name="MessagesPerDayGiven">Whether somebody said so; otherwise the file counts as one day.</param>
/// <param name="MissCost">How many false alarms a missed frustrated customer costs.</param>
/// <param name="Overall">All messages.</param>
/// <param name="Languages">The same by the language they were read in: <c>es</c>, <c>en</c>, <c>und</c>.</param>
/// <param name="Recommended">The threshold to alert from.</param>
/// <param name="Thresholds">What comes of each threshold.</param>
/// <param name="Reliability">Whether the chances hold, stretch by stretch.</param>
/// <param name="Levels">Null when no message was labelled with a level.</param>
/// <param name="Signals">Null when no message was labelled with signals.</param>
/// <param name="Warnings">What to beware of when reading the figures.</param>
/// <param name="Worst">The worst disagreements, with customers' text; null unless asked for.</param>
internal sealed record EvaluationResult(
    string File,
    int BrokenLines,
    double MessagesPerDay,
    bool MessagesPerDayGiven,
    double MissCost,
    ChanceFigures Overall,
    IReadOnlyDictionary<string, ChanceFigures> Languages,
    RecommendedThreshold Recommended,
    IReadOnlyList<ThresholdFigures> Thresholds,
    IReadOnlyList<ReliabilityFigures> Reliability,
    LevelFigures? Levels,
    SignalReport? Signals,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<Disagreement>? Worst);

/// <summary>A 95 % interval.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
internal sealed record Span95(double Low, double High);

/// <summary>How well the chances of some messages hold.</summary>
/// <param name="Messages">How many messages.</param>
/// <param name="Frustrated">How many of them the desk calls frustrated.</param>
/// <param name="Auc">Chance that a frustrated message is scored above another.</param>
/// <param name="AucInterval">Its interval.</param>
/// <param name="AveragePrecision">The area under the precision-recall curve.</param>
/// <param name="Ece">Expected calibration error.</param>
/// <param name="Brier">Mean squared error of the chance.</param>
/// <param name="Precision">At the recommended threshold.</param>
/// <param name="Recall">At the recommended threshold.</param>
internal sealed record ChanceFigures(
    int Messages, int Frustrated, double? Auc, Span95? AucInterval, double? AveragePrecision, double? Ece, double? Brier, double? Precision, double? Recall);

/// <summary>The threshold whose mistakes cost least.</summary>
/// <param name="Threshold">0.05 to 0.95.</param>
/// <param name="Interval">Where redrawn messages would have put it.</param>
/// <param name="PrecisionInterval">Of the precision there.</param>
/// <param name="RecallInterval">Of the recall there.</param>
/// <param name="Cost">What its mistakes cost on these messages, in false alarms.</param>
/// <param name="ForCalibratedChances">Where it would be if the chances held exactly.</param>
/// <param name="Reason">Why, in a sentence.</param>
internal sealed record RecommendedThreshold(
    double Threshold, Span95? Interval, Span95? PrecisionInterval, Span95? RecallInterval, double Cost, double ForCalibratedChances, string Reason);

/// <summary>What comes of alerting from a threshold on.</summary>
/// <param name="Threshold">The least chance that alerts.</param>
/// <param name="Hits">Frustrated and alerted.</param>
/// <param name="FalseAlarms">Alerted, but not frustrated.</param>
/// <param name="Misses">Frustrated, but not alerted.</param>
/// <param name="Precision">Share of the alerts that are right; null without alerts.</param>
/// <param name="Recall">Share of the frustrated that are alerted.</param>
/// <param name="F1">Harmonic mean of both.</param>
/// <param name="FalseAlarmsPer100">In a hundred messages of any kind.</param>
/// <param name="AlertsPerDay">Right and wrong ones.</param>
/// <param name="Cost">What the mistakes cost, in false alarms.</param>
internal sealed record ThresholdFigures(
    double Threshold,
    int Hits,
    int FalseAlarms,
    int Misses,
    double? Precision,
    double? Recall,
    double? F1,
    double? FalseAlarmsPer100,
    double AlertsPerDay,
    double Cost);

/// <summary>One stretch of the reliability curve.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Messages">How many chances fell there.</param>
/// <param name="MeanChance">Their mean.</param>
/// <param name="Share">The share that was frustrated.</param>
/// <param name="ShareInterval">Its interval.</param>
internal sealed record ReliabilityFigures(double From, double To, int Messages, double MeanChance, double Share, Span95 ShareInterval);

/// <summary>How well the levels agree.</summary>
/// <param name="Messages">How many were labelled with a level.</param>
/// <param name="MacroF1">Mean F1 of the five levels.</param>
/// <param name="MacroF1Interval">Its interval.</param>
/// <param name="Exact">Share of the very level.</param>
/// <param name="WithinOne">Share of the level or a neighbour.</param>
/// <param name="Spearman">Rank correlation of chance and level.</param>
/// <param name="F1">By level, 0 to 4.</param>
/// <param name="Confusion">First the desk's level, then the one given.</param>
internal sealed record LevelFigures(
    int Messages, double? MacroF1, Span95? MacroF1Interval, double? Exact, double? WithinOne, double? Spearman, IReadOnlyList<double?> F1, IReadOnlyList<IReadOnlyList<int>> Confusion);

/// <summary>How well the signals agree.</summary>
/// <param name="Messages">How many were labelled with signals, or with none.</param>
/// <param name="Types">Each type that was labelled or found.</param>
internal sealed record SignalReport(int Messages, IReadOnlyList<SignalFigures> Types);

/// <summary>How well one type of signal agrees.</summary>
/// <param name="Type">The type.</param>
/// <param name="Labelled">How often the desk gave it.</param>
/// <param name="Hits">Of these, found.</param>
/// <param name="FalseAlarms">Found, but not given by the desk.</param>
/// <param name="Precision">Share of what was found that is right.</param>
/// <param name="Recall">Share of what was labelled that was found.</param>
/// <param name="F1">Harmonic mean of both.</param>
internal sealed record SignalFigures(SignalType Type, int Labelled, int Hits, int FalseAlarms, double? Precision, double? Recall, double? F1);

/// <summary>A message about which the desk and the score disagree.</summary>
/// <param name="Id">Its id, or its line.</param>
/// <param name="Line">Its line in the file.</param>
/// <param name="IsFrustrated">What the desk says.</param>
/// <param name="Frustration">The chance that was given.</param>
/// <param name="Level">The level that was given.</param>
/// <param name="Text">What the customer wrote.</param>
internal sealed record Disagreement(string Id, int Line, bool IsFrustrated, double Frustration, FrustrationLevel Level, string Text);
