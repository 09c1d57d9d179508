using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.DraftReview;

/// <summary>Reviews what an agent is about to send: points at what would make things worse and offers words that do not.</summary>
/// <remarks>
/// Deterministic and linear in the length of the draft; meant to be asked while the agent types. Safe for concurrent use. A draft of mixed or undetermined language is read by the rules of both.
/// </remarks>
public sealed class DraftReviewer
{
    private readonly CompiledDraftRules _spanish;
    private readonly CompiledDraftRules _english;
    private readonly IDraftJudge? _judge;

    /// <summary>Compiles the rules.</summary>
    /// <param name="spanish">The rules for Spanish.</param>
    /// <param name="english">The rules for English.</param>
    /// <param name="spanishExamples">Sentences to learn further wordings from, or nothing to go by the phrases alone.</param>
    /// <param name="englishExamples">The same for English.</param>
    /// <param name="spanishEffects">What the effect on the tension is estimated from, or nothing for no estimate.</param>
    /// <param name="englishEffects">The same for English.</param>
    /// <param name="judge">Weighs what phrases and examples see against the words, or nothing to go by phrases and examples alone.</param>
    /// <exception cref="PhraseSyntaxException">A phrase cannot be understood; the message names the rule.</exception>
    /// <exception cref="FormatException">A suggestion cannot be understood, or a pattern or example names a rule that is not described.</exception>
    public DraftReviewer(DraftRuleSet spanish, DraftRuleSet english, DraftExampleSet? spanishExamples = null, DraftExampleSet? englishExamples = null, DraftEffectRules? spanishEffects = null, DraftEffectRules? englishEffects = null, IDraftJudge? judge = null)
    {
        ArgumentNullException.ThrowIfNull(spanish);
        ArgumentNullException.ThrowIfNull(english);
        _spanish = new CompiledDraftRules(spanish, spanishExamples, spanishEffects);
        _english = new CompiledDraftRules(english, englishExamples, englishEffects);
        _judge = judge;
    }

    /// <summary>Every sentence that a suggestion or a rewrite may put into a draft of a language: a judge must never find a fault in them.</summary>
    /// <param name="language">Spanish or English.</param>
    public IReadOnlyList<string> OwnSentences(MessageLanguage language) => [.. RulesOf(language).OwnSentences().Distinct(StringComparer.Ordinal)];

    /// <summary>What a judge weighs in a draft; for those who fit one.</summary>
    /// <param name="request">The draft; its language must be given, and it must hold a word.</param>
    public DraftEvidence Read(DraftRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var rules = RulesOf(request.Language);
        return new DraftReading(new DraftReading.Context(rules, new CustomerFacts(rules, request.CustomerTexts), request.Kind, _judge), MessageReading.Of(request.Text)).Evidence();
    }

    /// <summary>Reviews one draft.</summary>
    /// <param name="request">The draft and what is known around it.</param>
    /// <returns>The findings in the order of the text, and a whole rewrite when one of them is a warning or a block.</returns>
    public DraftReviewResult Review(DraftRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(request.Text);
        var reading = MessageReading.Of(request.Text);
        var detected = LanguageDetector.Detect(reading);
        var language = request.Language != MessageLanguage.Undetermined ? request.Language
            : detected.Language != MessageLanguage.Undetermined ? detected.Language
            : request.FallbackLanguage;
        var both = language == MessageLanguage.Undetermined || detected.IsMixed
            || (request.Language != MessageLanguage.Undetermined && detected.Language != MessageLanguage.Undetermined && detected.Language != request.Language);
        var main = RulesOf(language);
        var other = !both ? null : main == _english ? _spanish : _english;
        var review = new Readers(
            new DraftReading.Context(main, new CustomerFacts(main, request.CustomerTexts), request.Kind, _judge),
            other is null ? null : new DraftReading.Context(other, new CustomerFacts(other, request.CustomerTexts), request.Kind, _judge),
            request.SetAside ?? []);
        var findings = review.FindingsOf(reading);
        var rewrite = findings.Any(f => f.Severity != FindingSeverity.Note) ? new DraftRewriter(review).Rewrite(request.Text, findings) : null;
        return new DraftReviewResult(
            language,
            findings,
            rewrite,
            EffectOf(review, request, reading, findings),
            rewrite is not null && MessageReading.Of(rewrite) is var mended ? EffectOf(review, request, mended, review.FindingsOf(mended)) : null);
    }

    private CompiledDraftRules RulesOf(MessageLanguage language) => language == MessageLanguage.English ? _english : _spanish;

    private static DraftEffect? EffectOf(Readers review, DraftRequest request, MessageReading reading, IReadOnlyList<DraftFinding> findings) =>
        review.Main.Rules.Effects is { } effects && reading.Words.Count > 0
            ? effects.Estimate(findings, new DraftReading(review.Main, reading).Merits(), request.Tension)
            : null;

    /// <summary>The rules that a draft is read by: those of its language, and those of the other when it is mixed or unclear.</summary>
    internal sealed class Readers(DraftReading.Context main, DraftReading.Context? other, IReadOnlyList<SetAsideAdvice> setAside)
    {
        public DraftReading.Context Main => main;

        public IReadOnlyList<DraftFinding> FindingsOf(MessageReading reading)
        {
            var findings = new DraftReading(main, reading).Findings(isMain: true);
            if (other is not null)
            {
                foreach (var finding in new DraftReading(other, reading).Findings(isMain: false))
                {
                    if (!findings.Exists(f => f.Rule == finding.Rule && f.Evidence.Start < finding.Evidence.End && finding.Evidence.Start < f.Evidence.End))
                    {
                        findings.Add(finding);
                    }
                }
            }

            findings.RemoveAll(f => setAside.Any(a => a.Covers(f)));
            return [.. findings.OrderBy(f => f.Evidence.Start).ThenByDescending(f => f.Evidence.Length).ThenBy(f => f.Rule, StringComparer.Ordinal)];
        }
    }
}
