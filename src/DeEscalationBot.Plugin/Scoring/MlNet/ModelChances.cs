using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Plugin.Scoring.MlNet;

/// <summary>What the model says of one message: calibrated chances of each level and each signal, and from where on they are given.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
public sealed class ModelChances
{
    // As sure as a chance can be of anything: six digits.
    private const double LeastChance = 1e-6;

    private readonly double[] _chances;
    private readonly IReadOnlyList<double> _thresholds;

    /// <summary>Takes what the final heads gave.</summary>
    /// <param name="chances">Of each of <see cref="ModelHeads.Final"/>, 0 to 1; kept.</param>
    /// <param name="thresholds">For the same.</param>
    /// <param name="frustration">Makes a chance of the <see cref="Leaning"/>.</param>
    public ModelChances(double[] chances, IReadOnlyList<double> thresholds, PlattScale frustration)
        : this(chances, thresholds, (frustration ?? throw new ArgumentNullException(nameof(frustration))).Apply(Leaning(chances)))
    {
    }

    private ModelChances(double[] chances, IReadOnlyList<double> thresholds, double frustration)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        _chances = chances;
        _thresholds = thresholds;
        Frustration = frustration;
    }

    /// <summary>How likely the customer is frustrated or worse, 0 to 1, as the product tells it: calibrated, and ordered by what all levels say.</summary>
    /// <remarks>Of two messages that are hardly frustrated the annoyed one comes first, and of two that surely are the furious one: <see cref="AtLeastFrustrated"/> alone does not tell them apart.</remarks>
    public double Frustration { get; }

    /// <summary>Level 1 or more, 0 to 1.</summary>
    public double AtLeastAnnoyed => Math.Max(_chances[0], _chances[1]);

    /// <summary>Level 2 or more, 0 to 1: the head to which the others give way where they contradict it. <see cref="Level"/> goes by it, and may differ from what <see cref="Frustration"/> lets expect.</summary>
    public double AtLeastFrustrated => _chances[1];

    /// <summary>Level 3 or more, 0 to 1.</summary>
    public double AtLeastAngry => Math.Min(_chances[2], _chances[1]);

    /// <summary>Level 4, 0 to 1.</summary>
    public double Hostile => Math.Min(_chances[3], AtLeastAngry);

    /// <summary>The level: the highest whose chance reaches its threshold.</summary>
    public FrustrationLevel Level =>
        Hostile >= _thresholds[3] ? FrustrationLevel.Hostile
        : AtLeastAngry >= _thresholds[2] ? FrustrationLevel.Angry
        : AtLeastFrustrated >= _thresholds[1] ? FrustrationLevel.Frustrated
        : AtLeastAnnoyed >= _thresholds[0] ? FrustrationLevel.Annoyed
        : FrustrationLevel.Calm;

    /// <summary>The signals alone.</summary>
    public SignalChances Signals => new(_chances, _thresholds);

    /// <summary>How sure a signal is: see <see cref="SignalChances.ConfidenceOf"/>.</summary>
    /// <param name="signal">Index in <see cref="ModelHeads.Signals"/>.</param>
    public Probability ConfidenceOf(int signal) => Signals.ConfidenceOf(signal);

    /// <summary>A chance told from its threshold on: 0.5 there.</summary>
    /// <param name="chance">The chance, 0 to 1.</param>
    /// <param name="threshold">The threshold, between 0 and 1.</param>
    public static Probability Confidence(double chance, double threshold) =>
        Probability.Clamp(chance * (1 - threshold) / ((chance * (1 - threshold)) + ((1 - chance) * threshold)));

    /// <summary>The chance of a signal, 0 to 1.</summary>
    /// <param name="signal">Index in <see cref="ModelHeads.Signals"/>.</param>
    public double ChanceOf(int signal) => Signals.ChanceOf(signal);

    /// <summary>Where a message leans to between calm and angry, as log-odds: the mean of the chances of levels 1, 2 and 3, in which the middle one counts twice.</summary>
    /// <param name="chances">Of each of <see cref="ModelHeads.Final"/>, 0 to 1.</param>
    public static double Leaning(IReadOnlyList<double> chances)
    {
        ArgumentNullException.ThrowIfNull(chances);
        var mean = (Math.Max(chances[0], chances[1]) + (2 * chances[1]) + Math.Min(chances[2], chances[1])) / 4;
        var chance = Math.Clamp(mean, LeastChance, 1 - LeastChance);
        return Math.Log(chance / (1 - chance));
    }

    /// <summary>What two models say together.</summary>
    /// <param name="one">The one.</param>
    /// <param name="other">The other.</param>
    public static ModelChances Mean(ModelChances one, ModelChances other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var chances = new double[one._chances.Length];
        var thresholds = new double[chances.Length];
        for (var i = 0; i < chances.Length; i++)
        {
            chances[i] = (one._chances[i] + other._chances[i]) / 2;
            thresholds[i] = (one._thresholds[i] + other._thresholds[i]) / 2;
        }

        return new ModelChances(chances, thresholds, (one.Frustration + other.Frustration) / 2);
    }
}
