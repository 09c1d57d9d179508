using BenchmarkDotNet.Attributes;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Coaching.Paraphrasing;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Pipeline;
using DeEscalationBot.Plugin;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DeEscalationBot.Benchmarks;

/// <summary>What the sidebar asks for without a language model: the paraphrase of a message, the review of a draft that answers it, the next suggestion.</summary>
[MemoryDiagnoser]
[HideColumns("Error", "StdDev", "Median", "RatioSD")]
public class CoachingBenchmarks
{
    // Of 3, about 13 and about 75 words.
    private static readonly Dictionary<(MessageLanguage, ScoringBenchmarks.MessageSize), string> Drafts = new()
    {
        [(MessageLanguage.Spanish, ScoringBenchmarks.MessageSize.Brief)] = "Cálmese, por favor.",
        [(MessageLanguage.Spanish, ScoringBenchmarks.MessageSize.Typical)] = "Entiendo su malestar, pero debería haber leído las condiciones antes de comprar.",
        [(MessageLanguage.Spanish, ScoringBenchmarks.MessageSize.Lengthy)] =
            """
            Buenas tardes. Lamento las molestias, pero como ya le dije el lunes, el plazo es de treinta días y usted tendría que haberlo leído. El retraso
            es culpa del transportista y nosotros no podemos hacer nada. Le garantizo que mañana tiene el paquete en su casa. Si no está de acuerdo, hable
            con su banco. ¿Me puede volver a dar el número de pedido? Es la política de la empresa y no hay excepciones. Cálmese y lo vemos.
            """,
        [(MessageLanguage.English, ScoringBenchmarks.MessageSize.Brief)] = "Calm down, please.",
        [(MessageLanguage.English, ScoringBenchmarks.MessageSize.Typical)] = "I understand your frustration, but you should have read the terms before buying.",
        [(MessageLanguage.English, ScoringBenchmarks.MessageSize.Lengthy)] =
            """
            Good afternoon. Sorry for the inconvenience, but as I told you on Monday, the limit is thirty days and you should have read it. The delay is
            the courier's fault and there is nothing we can do. I guarantee that the parcel will be at your home tomorrow. If you do not agree, talk to
            your bank. Could you give me the order number again? It is company policy and there are no exceptions. Calm down and we will see.
            """,
    };

    private readonly ParaphraseEngine _paraphrase;
    private readonly DraftReviewer _reviewer;
    private readonly TechniqueCoach _coach;
    private readonly ConversationTurnPipeline _pipeline;
    private Conversation _conversation = Conversation.Start(ConversationId.Create("benchmark"));
    private ParaphraseRequest _message = new(string.Empty);
    private DraftRequest _draft = new(string.Empty);

    public CoachingBenchmarks()
    {
        var services = new ServiceCollection().AddDeEscalation(new ConfigurationBuilder().Build()).BuildServiceProvider();
        _paraphrase = services.GetRequiredService<ParaphraseEngine>();
        _reviewer = services.GetRequiredService<DraftReviewer>();
        _coach = services.GetRequiredService<TechniqueCoach>();
        _pipeline = services.GetRequiredService<ConversationTurnPipeline>();
    }

    [Params(MessageLanguage.Spanish, MessageLanguage.English)]
    public MessageLanguage Language { get; set; }

    [Params(ScoringBenchmarks.MessageSize.Brief, ScoringBenchmarks.MessageSize.Typical, ScoringBenchmarks.MessageSize.Lengthy)]
    public ScoringBenchmarks.MessageSize Size { get; set; }

    [GlobalSetup]
    public void Choose()
    {
        var text = ScoringBenchmarks.MessageOf(Language, Size);
        _message = new ParaphraseRequest(text, Language);
        _draft = new DraftRequest(Drafts[(Language, Size)], Language, CustomerTexts: [text]);
        var message = new InboundMessage(MessageId.Create("m1"), SpeakerRole.Customer, text, DateTimeOffset.UnixEpoch, Language);
        _conversation = _pipeline.Take(Conversation.Start(ConversationId.Create("benchmark")), message, DateTimeOffset.UnixEpoch).Conversation;
    }

    [Benchmark]
    public ParaphraseResult Paraphrase() => _paraphrase.Paraphrase(_message);

    [Benchmark]
    public DraftReviewResult Review() => _reviewer.Review(_draft);

    [Benchmark]
    public Suggestion? Suggest() => _coach.Propose(_conversation);
}
