using System.Globalization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Plugin.Scoring.MlNet;

/// <summary>Scores a message by the trained model and the signals together: the product's normal scorer.</summary>
/// <remarks>
/// A signal is given when rules and words together make it likely enough: the final heads weigh what the playbook's rules found beside
/// what the words say, so that both agree or one is sure. Deterministic, without network, safe for concurrent use. Without a model use
/// <see cref="SignalOnlyScorer"/>. An empty text, or one of nothing but white space and characters that nobody sees, is calm.
/// </remarks>
/// <param name="model">The trained model.</param>
/// <param name="detector">The rules.</param>
public sealed class MlNetScorer(FrustrationModel model, SignalDetector detector) : IUtteranceScorer
{
    private const int FrustratedHead = 1;
    private const double SureBesideTheLike = 0.9;
    private const double SureOfFewWords = 0.85;
    private const int SentencesOfPart = 2;
    private const double SureOfPart = 0.9;

    /// <inheritdoc/>
    public UtteranceScore Score(string text, MessageLanguage language = MessageLanguage.Undetermined, MessageLanguage fallback = MessageLanguage.Undetermined)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reading = MessageReading.Of(text);
        var findings = detector.Detect(reading, language, fallback);
        if (!HasVisible(text))
        {
            // The model has an opinion on nothing at all, too: what the average message is like.
            return new UtteranceScore(findings.Language, Probability.Zero, FrustrationLevel.Calm, [], ScoreOrigin.Model);
        }

        var chances = model.Measure(reading, findings);
        var signals = SignalsOf(reading, findings, chances.Signals);
        if (findings.Denials.Count > 0)
        {
            AddBesideDenials(reading, findings, signals);
        }

        if (reading.SentenceCount > SentencesOfPart)
        {
            AddDrowned(reading, findings.Language, signals);
        }

        signals.Sort((a, b) => a.Confidence == b.Confidence ? a.Type.CompareTo(b.Type) : b.Confidence.CompareTo(a.Confidence));
        var harm = HarmConfidence.Of(signals);
        var level = LevelPolicy.Bound(chances.Level, harm);
        var frustration = LevelPolicy.Bound(Probability.Clamp(chances.Frustration), level, harm);
        return new UtteranceScore(findings.Language, frustration, level, signals, ScoreOrigin.Model);
    }

    /// <inheritdoc/>
    public ScoreExplanation Explain(string text, MessageLanguage language = MessageLanguage.Undetermined, MessageLanguage fallback = MessageLanguage.Undetermined)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reading = MessageReading.Of(text);
        if (!HasVisible(text))
        {
            return new ScoreExplanation([]);
        }

        var findings = detector.Detect(reading, language, fallback);
        var (words, features) = model.Explain(reading, findings, FrustratedHead);
        return ScoreExplanation.Strongest([.. WordEvidence.Groups(reading, words), .. DenseFeatures.Contributions(findings, features)]);
    }

    private List<Signal> SignalsOf(MessageReading reading, SignalFindings findings, SignalChances chances)
    {
        var signals = new List<Signal>();
        for (var i = 0; i < ModelHeads.Signals.Length; i++)
        {
            var type = ModelHeads.Signals[i];
            var confidence = findings.Outright.Contains(type) ? Surer(chances.ConfidenceOf(i), findings.ConfidenceOf(type)) : chances.ConfidenceOf(i);
            if (!findings.Denies(type) && confidence.Value >= LeastFor(type, reading, findings) && EvidenceOf(i, reading, findings) is { } evidence)
            {
                signals.Add(new Signal(type, confidence, evidence));
            }
        }

        return signals;
    }

    // An n-gram weighs less the more else there is, so that one threat drowns in a long story. Two sentences at a time are therefore read as
    // if they were all: not one, because what takes an insult back mostly stands in the next.
    private void AddDrowned(MessageReading reading, MessageLanguage language, List<Signal> signals)
    {
        for (var first = 0; first + SentencesOfPart <= reading.SentenceCount; first++)
        {
            var start = reading.Words[reading.WordsOfSentence(first).First].Start;
            var next = reading.WordsOfSentence(first + SentencesOfPart - 1).End;
            foreach (var signal in SureOf(reading.Text[start..(next < reading.Words.Count ? reading.Words[next].Start : reading.Text.Length)], language))
            {
                if (signal.Type.IsGrave() && !signals.Exists(s => s.Type == signal.Type))
                {
                    signals.Add(signal with { Evidence = [.. signal.Evidence.Select(e => e with { Start = e.Start + start })] });
                }
            }
        }
    }

    // "You are not stupid, you are …": what is denied is never given on words alone, unless they are sure of it in what is left without the denials.
    private void AddBesideDenials(MessageReading reading, SignalFindings findings, List<Signal> signals)
    {
        var rest = reading.Text.ToCharArray();
        foreach (var denial in findings.Denials)
        {
            rest.AsSpan(denial.Evidence.Start, denial.Evidence.Length).Fill(' ');
        }

        var text = new string(rest);
        if (!HasVisible(text))
        {
            return;
        }

        foreach (var signal in SureOf(text, findings.Language).Where(s => findings.Denies(s.Type)))
        {
            signals.Add(signal with { Evidence = [.. signal.Evidence.Select(e => EvidenceSpan.Of(reading.Text, e.Start, e.Length))] });
        }
    }

    private IEnumerable<Signal> SureOf(string part, MessageLanguage language)
    {
        var reading = MessageReading.Of(part);
        var findings = detector.Detect(reading, language);
        return SignalsOf(reading, findings, model.MeasureSignals(reading, findings)).Where(s => s.Confidence.Value >= SureOfPart);
    }

    // In two or three words ("I don't trust you") the n-grams weigh little evidence; who says it outright is believed.
    private static Probability Surer(Probability words, double rule) => words.Value >= rule ? words : Probability.Clamp(rule);

    // Words alone must be surer of an insult that phrases hear denied or quoted (threats and despair are never doubted for that), where the rules hear what is worded alike, and where there are so few words that what is grave would stand out:
    // "are you there?" differs from an insult by one, "I'll find you on the map" from a threat by three.
    private static double LeastFor(SignalType signal, MessageReading reading, SignalFindings findings) =>
        findings.Find(signal) is not null ? LevelPolicy.Given
        : signal == SignalType.Abuse && findings.Denied.Contains(signal) ? SureBesideTheLike
        : HearsAny(WordedAlike(signal), findings) ? SureBesideTheLike
        : reading.Words.Count <= FewWords(signal) ? SureOfFewWords
        : LevelPolicy.Given;

    private static int FewWords(SignalType signal) => signal switch
    {
        SignalType.Threat => 12,
        SignalType.Abuse or SignalType.Vulnerability => 8,
        _ => 0,
    };

    // Leaving a company, or trusting it no more, is worded like leaving life ("if this is not settled today, I …"); an illness that somebody
    // has like one that is wished upon us; going to court like going after somebody; "or I leave" like "or you will regret it".
    private static ReadOnlySpan<SignalType> WordedAlike(SignalType signal) => signal switch
    {
        SignalType.Vulnerability => [SignalType.ChurnIntent, SignalType.Distrust],
        SignalType.Threat => [SignalType.Hardship, SignalType.LegalThreat],
        SignalType.Blackmail => [SignalType.ChurnIntent, SignalType.LegalThreat],
        _ => [],
    };

    private static bool HearsAny(ReadOnlySpan<SignalType> types, SignalFindings findings)
    {
        foreach (var type in types)
        {
            if (findings.Find(type) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private IReadOnlyList<EvidenceSpan>? EvidenceOf(int signal, MessageReading reading, SignalFindings findings)
    {
        if (findings.Find(ModelHeads.Signals[signal]) is { } found)
        {
            return found.Evidence;
        }

        // Shouting is seen, not read: without capitals, marks or stretched letters there is none.
        if (ModelHeads.Signals[signal] == SignalType.Shouting || reading.Words.Count == 0)
        {
            return null;
        }

        var (words, _) = model.Explain(reading, findings, ModelHeads.LevelCount + signal);
        return [WordEvidence.Strongest(reading, words)];
    }

    private static bool HasVisible(string text)
    {
        foreach (var unit in text)
        {
            if (!char.IsWhiteSpace(unit) && !char.IsControl(unit) && char.GetUnicodeCategory(unit) != UnicodeCategory.Format)
            {
                return true;
            }
        }

        return false;
    }
}
