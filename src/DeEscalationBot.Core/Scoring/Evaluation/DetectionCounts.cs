namespace DeEscalationBot.Core.Scoring.Evaluation;

/// <summary>How often something was found that was there, found that was not, missed, or rightly left alone.</summary>
/// <param name="Hits">There and found, at least 0.</param>
/// <param name="FalseAlarms">Found but not there, at least 0.</param>
/// <param name="Misses">There but not found, at least 0.</param>
/// <param name="Rejections">Neither there nor found, at least 0.</param>
public readonly record struct DetectionCounts(int Hits, int FalseAlarms, int Misses, int Rejections)
{
    /// <summary>How many were looked at.</summary>
    public int All => Hits + FalseAlarms + Misses + Rejections;

    /// <summary>How many were found, rightly or wrongly.</summary>
    public int Found => Hits + FalseAlarms;

    /// <summary>How many were there.</summary>
    public int Present => Hits + Misses;

    /// <summary>Share of what was found that was there, 0 to 1; not a number when nothing was found.</summary>
    public double Precision => Share(Hits, Found);

    /// <summary>Share of what was there that was found, 0 to 1; not a number when nothing was there.</summary>
    public double Recall => Share(Hits, Present);

    /// <summary>Harmonic mean of precision and recall, 0 to 1; not a number when nothing was there and nothing found.</summary>
    public double F1 => Share(2 * Hits, (2 * Hits) + FalseAlarms + Misses);

    /// <summary>False alarms in a hundred messages of any kind, 0 to 100; not a number when none were looked at.</summary>
    public double FalseAlarmsPer100 => 100 * Share(FalseAlarms, All);

    /// <summary>Share of all messages that was found, 0 to 1; not a number when none were looked at.</summary>
    public double FoundShare => Share(Found, All);

    /// <summary>What the mistakes cost, in false alarms.</summary>
    /// <param name="missCost">How many false alarms a miss costs, above 0.</param>
    public double Cost(double missCost) => FalseAlarms + (missCost * Misses);

    /// <summary>Counts one more.</summary>
    /// <param name="isThere">Whether it was there.</param>
    /// <param name="isFound">Whether it was found.</param>
    public DetectionCounts With(bool isThere, bool isFound) => (isThere, isFound) switch
    {
        (true, true) => this with { Hits = Hits + 1 },
        (false, true) => this with { FalseAlarms = FalseAlarms + 1 },
        (true, false) => this with { Misses = Misses + 1 },
        (false, false) => this with { Rejections = Rejections + 1 },
    };

    private static double Share(int part, int all) => all == 0 ? double.NaN : (double)part / all;
}
