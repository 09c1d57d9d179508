using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeEscalationBot.Plugin.Scoring.MlNet;

/// <summary>Turns the logit of a final head into a chance: 1 / (1 + exp(−(slope · logit + offset))), after Platt.</summary>
/// <param name="Slope">Positive.</param>
/// <param name="Offset">Any number.</param>
public sealed record PlattScale(double Slope, double Offset)
{
    /// <summary>The calibrated chance.</summary>
    /// <param name="logit">The logit.</param>
    public double Apply(double logit) => 1 / (1 + Math.Exp(-((Slope * logit) + Offset)));
}

/// <summary>What is fitted for one language beside the weights.</summary>
public sealed class LanguageCalibration
{
    /// <summary>One scale for each final head.</summary>
    public required IReadOnlyList<PlattScale> Scales { get; init; }

    /// <summary>From which chance on what a final head tells is given; in the order of the final heads.</summary>
    public required IReadOnlyList<double> Thresholds { get; init; }

    /// <summary>Makes a chance of where the levels lean to (<see cref="ModelChances.Leaning"/>); only the model of customers' messages has it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PlattScale? Frustration { get; init; }
}

/// <summary>What stands beside a model's archive: which features it was made for, its calibration and its hash.</summary>
public sealed record ModelMetadata
{
    /// <summary>The features and heads that this program computes; a model made for others cannot be used.</summary>
    public const int CurrentFeatureVersion = 6;

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    /// <summary>The features that the model was fitted on.</summary>
    public required int FeatureVersion { get; init; }

    /// <summary>SHA-256 of the archive, lower-case hexadecimal.</summary>
    public required string ArchiveSha256 { get; init; }

    /// <summary>The seed of the training.</summary>
    public required int Seed { get; init; }

    /// <summary>Number of labelled lines by source.</summary>
    public required IReadOnlyDictionary<string, int> Lines { get; init; }

    /// <summary>Calibration and thresholds by language, <c>es</c> and <c>en</c>.</summary>
    public required IReadOnlyDictionary<string, LanguageCalibration> Languages { get; init; }

    /// <summary>By language and measure, what the training program measured on lines that are not trained on; a test fails when the model does worse.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> HeldOut { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, double>>();

    /// <summary>Where the metadata of an archive stands: beside it, with the ending <c>.json</c>.</summary>
    /// <param name="archivePath">The archive.</param>
    public static string PathFor(string archivePath) => Path.ChangeExtension(archivePath, ".json");

    /// <summary>Reads metadata.</summary>
    /// <param name="json">The file's text.</param>
    /// <exception cref="JsonException">It is not metadata of a model.</exception>
    public static ModelMetadata Parse(string json) =>
        JsonSerializer.Deserialize<ModelMetadata>(json, Format) ?? throw new JsonException("The file is empty.");

    /// <summary>Writes metadata, the same bytes for the same content.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format) + "\n";

    /// <summary>What makes the metadata unusable, or nothing.</summary>
    /// <param name="layout">Which model it is of.</param>
    internal string? FindFault(ModelLayout layout)
    {
        if (FeatureVersion != layout.FeatureVersion)
        {
            return $"it was made for version {FeatureVersion} of the features, this program computes version {layout.FeatureVersion}";
        }

        foreach (var language in ModelHeads.Languages)
        {
            if (!Languages.TryGetValue(language, out var calibration))
            {
                return $"it has no calibration for '{language}'";
            }

            if (calibration.Scales.Count != layout.Final.Count || calibration.Thresholds.Count != layout.Final.Count)
            {
                return $"its calibration for '{language}' does not have {layout.Final.Count} heads";
            }

            if (layout.TellsFrustration && calibration.Frustration is null)
            {
                return $"its calibration for '{language}' does not tell frustration";
            }

            if (calibration.Scales.Append(calibration.Frustration).OfType<PlattScale>().Any(s => !double.IsFinite(s.Slope) || !double.IsFinite(s.Offset) || s.Slope <= 0) || calibration.Thresholds.Any(t => !(t is > 0 and < 1)))
            {
                return $"its calibration for '{language}' is out of range";
            }
        }

        return null;
    }
}
