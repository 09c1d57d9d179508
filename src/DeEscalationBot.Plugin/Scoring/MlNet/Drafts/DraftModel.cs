using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;

namespace DeEscalationBot.Plugin.Scoring.MlNet.Drafts;

/// <summary>The trained judge of drafts. Immutable and safe for concurrent use.</summary>
public sealed class DraftModel : IDraftJudge
{
    private readonly LanguageWeights _spanish;
    private readonly LanguageWeights _english;

    /// <summary>Lays out the weights.</summary>
    /// <param name="archive">For each language, what the archive holds.</param>
    /// <param name="metadata">Calibration and thresholds.</param>
    public DraftModel(IReadOnlyDictionary<string, ArchivedLanguage> archive, ModelMetadata metadata)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(metadata);
        _spanish = new LanguageWeights(archive["es"], metadata.Languages["es"]);
        _english = new LanguageWeights(archive["en"], metadata.Languages["en"]);
    }

    /// <inheritdoc/>
    public DraftVerdict Judge(DraftEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return (evidence.Language == MessageLanguage.English ? _english : _spanish).Judge(evidence);
    }

    private sealed class LanguageWeights(ArchivedLanguage archive, LanguageCalibration calibration)
    {
        private readonly NgramWeights _ngrams = new([.. archive.Heads.Take(DraftHeads.Ngram.Count)], archive.Scale);
        private readonly LinearHead[] _final = [.. archive.Heads.Skip(DraftHeads.Ngram.Count)];

        public DraftVerdict Judge(DraftEvidence evidence)
        {
            var inputs = DraftInputs.Of(_ngrams, evidence);
            var passages = JudgedRules.OfPassages.Length;
            return new DraftVerdict(
                [.. inputs.Take(inputs.Length - 1).Select(i => Confidences(i, 0, passages))],
                Confidences(inputs[^1], passages, JudgedRules.OfWholeDrafts.Length),
                [.. Enumerable.Range(0, JudgedRules.OfWholeDrafts.Length).Select(r => DraftInputs.ClearestSentence(inputs, r))],
                (float)calibration.Scales[^1].Apply(_final[^1].Logit(inputs[^1])));
        }

        private float[] Confidences(float[] inputs, int from, int count)
        {
            var confidences = new float[count];
            for (var i = 0; i < count; i++)
            {
                var chance = calibration.Scales[from + i].Apply(_final[from + i].Logit(inputs));
                confidences[i] = (float)ModelChances.Confidence(chance, calibration.Thresholds[from + i]).Value;
            }

            return confidences;
        }
    }
}
