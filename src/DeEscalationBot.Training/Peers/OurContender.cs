using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;
using DeEscalationBot.Plugin.Scoring.MlNet;

namespace DeEscalationBot.Training.Peers;

/// <summary>Ours, as the product scores: frustration for anger and levels, the signal of the same name for insults and threats.</summary>
/// <param name="model">The model, fitted without what is held out.</param>
/// <param name="detector">The rules.</param>
internal sealed class OurContender(FrustrationModel model, SignalDetector detector) : IContender
{
    private static readonly int Abuse = ModelHeads.Signals.IndexOf(SignalType.Abuse);
    private static readonly int Threat = ModelHeads.Signals.IndexOf(SignalType.Threat);

    private readonly MlNetScorer _scorer = new(model, detector);

    /// <inheritdoc/>
    public string Name => "ours";

    /// <summary>Single parts of ours that answer a target too, to see what each would be worth alone.</summary>
    public IReadOnlyList<IContender> PartsFor(PeerTarget target) => target switch
    {
        PeerTarget.Anger => [Head("anger"), Head("pleased"), Head("insult"), Chance("at least annoyed", c => c.AtLeastAnnoyed), Chance("at least angry", c => c.AtLeastAngry)],
        PeerTarget.Abuse or PeerTarget.Threat => [Head("insult"), Head("anger"), Head("textAbuse"), Head("textThreat"), Chance("abuse", c => c.ChanceOf(Abuse)), Chance("threat", c => c.ChanceOf(Threat))],
        PeerTarget.Level => [Head("anger"), Chance("at least annoyed", c => c.AtLeastAnnoyed)],
        _ => throw new ArgumentOutOfRangeException(nameof(target), target, null),
    };

    /// <inheritdoc/>
    public IReadOnlyList<Verdict> Judge(Question question) => [.. question.Texts.Select(t => Judge(t.Text, question.Language, question.Target))];

    private Verdict Judge(string text, MessageLanguage language, PeerTarget target)
    {
        var score = _scorer.Score(text, language);
        if (target is PeerTarget.Anger or PeerTarget.Level)
        {
            return new Verdict(score.Frustration.Value, score.Level >= FrustrationLevel.Frustrated);
        }

        var reading = MessageReading.Of(text);
        var chances = model.Measure(reading, detector.Detect(reading, language));
        return target == PeerTarget.Abuse
            ? new Verdict(chances.ChanceOf(Abuse), score.Find(SignalType.Abuse) is not null)
            : new Verdict(chances.ChanceOf(Threat), score.Find(SignalType.Threat) is not null);
    }

    private Part Chance(string name, Func<ModelChances, double> of) => new($"chance '{name}'", (text, language) =>
    {
        var reading = MessageReading.Of(text);
        return of(model.Measure(reading, detector.Detect(reading, language)));
    });

    // The head's logit for the message as a whole.
    private Part Head(string name)
    {
        var at = ModelHeads.Ngram.ToList().IndexOf(name);
        return new($"head '{name}'", (text, language) =>
        {
            var reading = MessageReading.Of(text);
            return model.StackOf(reading, detector.Detect(reading, language), language)[at] * (name == "pleased" ? -1 : 1);
        });
    }

    private sealed class Part(string name, Func<string, MessageLanguage, double> score) : IContender
    {
        public string Name => name;

        public IReadOnlyList<Verdict> Judge(Question question) => [.. question.Texts.Select(t => new Verdict(score(t.Text, question.Language), false))];
    }
}
