namespace DeEscalationBot.Host.Batch.Evaluation;

/// <summary>What <c>evaluate</c> was asked for.</summary>
/// <param name="Data">The labelled messages.</param>
/// <param name="Out">Where plots, report and scores go; nothing for nowhere.</param>
/// <param name="MessagesPerDay">How many customer messages a day the desk gets, above 0; nothing to take the file for one day.</param>
/// <param name="MissCost">How many false alarms a missed frustrated customer costs, above 0.</param>
/// <param name="ShowsWorst">Whether the worst disagreements are told, with the customers' text.</param>
/// <param name="IsJson">Whether the answer is for machines.</param>
internal sealed record EvaluateSettings(string Data, string? Out, double? MessagesPerDay, double MissCost, bool ShowsWorst, bool IsJson)
{
    /// <summary>What a missed frustrated customer costs unless said otherwise: 2 false alarms.</summary>
    public const double DefaultMissCost = 2;

    /// <summary>The dearest miss: 1000 false alarms.</summary>
    public const double MaxMissCost = 1000;
}
