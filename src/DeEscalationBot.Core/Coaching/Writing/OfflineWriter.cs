using System.Globalization;
using System.Runtime.CompilerServices;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Coaching.Letters;
using DeEscalationBot.Core.Coaching.Paraphrasing;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.Writing;

/// <summary>Writes without a language model: by the paraphrase, the draft review, the coach's proposal and the playbook's own sentences.</summary>
/// <remarks>Deterministic and safe for concurrent use; a few milliseconds.</remarks>
public sealed class OfflineWriter : ICoachWriter
{
    private const double SureSignal = 0.5;
    private const double LeastDespair = 0.3;
    private const int LongestQuotation = 220;
    private const int MostSignals = 4;

    private readonly WritingWords _spanish;
    private readonly WritingWords _english;
    private readonly ParaphraseEngine _paraphrase;
    private readonly DraftReviewer _drafts;
    private readonly SignalDetector _signals;
    private readonly ApologyLetter _letters;

    /// <summary>Makes the writer.</summary>
    /// <param name="spanish">The Spanish sentences.</param>
    /// <param name="english">The English sentences.</param>
    /// <param name="paraphrase">Says back what the customer wrote.</param>
    /// <param name="drafts">Mends drafts.</param>
    /// <param name="signals">Reads the customer's messages.</param>
    /// <param name="letters">Writes letters of apology.</param>
    public OfflineWriter(WritingWords spanish, WritingWords english, ParaphraseEngine paraphrase, DraftReviewer drafts, SignalDetector signals, ApologyLetter letters)
    {
        _spanish = spanish;
        _english = english;
        _paraphrase = paraphrase;
        _drafts = drafts;
        _signals = signals;
        _letters = letters;
    }

    /// <inheritdoc/>
    public bool UsesLanguageModel => false;

    /// <summary>The language to write in: the one asked for, else that of the customer's last message that shows one, else that of the draft, else Spanish.</summary>
    /// <param name="request">What is wanted.</param>
    public static MessageLanguage LanguageOf(WritingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Language != MessageLanguage.Undetermined)
        {
            return request.Language;
        }

        var texts = request.Turns.Where(t => t.Speaker == SpeakerRole.Customer).Reverse().Select(t => t.Text).Append(request.Draft ?? string.Empty);
        var found = texts.Select(t => LanguageDetector.Detect(MessageReading.Of(t)).Language).FirstOrDefault(l => l != MessageLanguage.Undetermined);
        return found == MessageLanguage.Undetermined ? MessageLanguage.Spanish : found;
    }

    /// <summary>
    /// Whether the words have to be ours: where a life may be in danger, a child writes or somebody grieves, anything is written by our rules
    /// alone and nothing leaves the machine; where the last message threatens or insults, the answer is.
    /// </summary>
    /// <param name="request">What is wanted.</param>
    public bool IsDelicate(WritingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var last = request.Turns.LastOrDefault(t => t.Speaker == SpeakerRole.Customer);
        foreach (var turn in request.Turns.Where(t => t.Speaker == SpeakerRole.Customer))
        {
            // By the rules of both languages: people change to their own one when it gets serious, and a false alarm costs only the finer words.
            var reading = MessageReading.Of(turn.Text);
            foreach (var signal in _signals.Detect(reading, MessageLanguage.Spanish).Signals.Concat(_signals.Detect(reading, MessageLanguage.English).Signals))
            {
                var isDelicate = signal.Type switch
                {
                    SignalType.Vulnerability => signal.Confidence.Value >= LeastDespair,
                    SignalType.SafetyHazard or SignalType.Minor or SignalType.Hardship or SignalType.AccountSecurity => signal.Confidence.Value >= SureSignal,
                    SignalType.Abuse or SignalType.Threat or SignalType.Blackmail => signal.Confidence.Value >= SureSignal && ReferenceEquals(turn, last) && request.Kind is WritingKind.Paraphrase or WritingKind.NextReply,
                    _ => false,
                };
                if (isDelicate)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public WrittenText WriteOffline(WritingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var language = LanguageOf(request);
        return request.Kind switch
        {
            WritingKind.Paraphrase => Text(Paraphrase(request, language)),
            WritingKind.RewriteDraft => Text(Rewrite(request, language)),
            WritingKind.NextReply => Text(request.Suggestion?.Text ?? (request.LastCustomerText.Length == 0 ? string.Empty : Paraphrase(request, language))),
            WritingKind.HandoverSummary => Text(Summary(request, language, (language == MessageLanguage.English ? _english : _spanish).Summary)),
            WritingKind.ApologyLetter => Letter(request, language),
            WritingKind.Farewell => Text(request.Draft ?? string.Empty),
            _ => throw new ArgumentOutOfRangeException(nameof(request), request.Kind, null),
        };

        WrittenText Text(string text) => new(request.Kind, language, text, WritingOrigin.Offline) { Reason = OfflineReason.SwitchedOff };
    }

    /// <inheritdoc/>
    public Task<WrittenText> WriteAsync(WritingRequest request, CancellationToken cancellationToken = default) => Task.FromResult(WriteOffline(request));

    /// <inheritdoc/>
    public async IAsyncEnumerable<WritingStep> StreamAsync(WritingRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var text = WriteOffline(request);
        await Task.CompletedTask;
        yield return new WritingStep(text.Text, IsFinal: true, text);
    }

    private string Paraphrase(WritingRequest request, MessageLanguage language) =>
        _paraphrase.Paraphrase(new ParaphraseRequest(request.LastCustomerText, language, language, request.Address, request.Variant)).Text;

    private string Rewrite(WritingRequest request, MessageLanguage language)
    {
        var draft = request.Draft ?? string.Empty;
        var customer = request.Turns.Where(t => t.Speaker == SpeakerRole.Customer).Select(t => t.Text).ToList();
        return _drafts.Review(new DraftRequest(draft, FallbackLanguage: language, CustomerTexts: customer)).Rewrite ?? draft;
    }

    private string Summary(WritingRequest request, MessageLanguage language, SummaryWords words)
    {
        var theirs = request.Turns.Where(t => t.Speaker == SpeakerRole.Customer).ToList();
        var ours = request.Turns.Where(t => t.Speaker == SpeakerRole.Agent).ToList();
        var lines = new List<string>
        {
            words.Messages.Replace("{customer}", Figure(theirs.Count), StringComparison.Ordinal).Replace("{agent}", Figure(ours.Count), StringComparison.Ordinal),
        };
        if (theirs.Count > 0)
        {
            lines.Add(With(words.First, "{text}", Quote(theirs[0].Text)));
            if (theirs.Count > 1)
            {
                lines.Add(With(words.Last, "{text}", Quote(theirs[^1].Text)));
            }

            if (Signals(theirs, language, words) is { Length: > 0 } signals)
            {
                lines.Add(With(words.Shows, "{signals}", signals));
            }
        }

        lines.Add(ours.Count == 0 ? words.NothingOfOurs : With(words.Ours, "{text}", Quote(ours[^1].Text)));
        if (ours.Count > 0 && request.Turns[^1].Speaker == SpeakerRole.Customer)
        {
            lines.Add(words.Unanswered);
        }

        return string.Join('\n', lines);
    }

    private string Signals(List<WritingTurn> theirs, MessageLanguage language, SummaryWords words) => string.Join(
        ", ",
        theirs.SelectMany(t => _signals.Detect(MessageReading.Of(t.Text), language).Signals)
            .Where(s => s.Confidence.Value >= SureSignal && words.Signals.ContainsKey(s.Type))
            .GroupBy(s => s.Type)
            .OrderByDescending(g => g.Count()).ThenByDescending(g => g.Max(s => s.Confidence.Value)).ThenBy(g => g.Key)
            .Take(MostSignals)
            .Select(g => words.Signals[g.Key]));

    private WrittenText Letter(WritingRequest request, MessageLanguage language)
    {
        var facts = request.Facts;
        var letter = _letters.Write(language, new LetterFacts(Facts: facts.Problem, Actions: facts.Actions, ConfirmedTime: facts.ResultsBy, Contact: facts.Contact), request.Variant, request.Address);
        return new WrittenText(request.Kind, language, letter.Sendable, WritingOrigin.Offline) { Reason = OfflineReason.SwitchedOff, Missing = [.. letter.Missing.SelectMany(m => MissingOf(m.Part))] };
    }

    // Name and signature are added by whoever sends the letter.
    private static MissingFact[] MissingOf(LetterPart part) => part switch
    {
        LetterPart.Facts => [MissingFact.Problem],
        LetterPart.Actions => [MissingFact.Actions],
        LetterPart.Date => [MissingFact.ResultsBy],
        LetterPart.Contact => [MissingFact.Contact],
        LetterPart.Name or LetterPart.Signature or LetterPart.CallBack => [],
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, null),
    };

    private static string Figure(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string With(string sentence, string slot, string text) => sentence.Replace(slot, text, StringComparison.Ordinal);

    private static string Quote(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= LongestQuotation)
        {
            return line;
        }

        var end = line.LastIndexOf(' ', LongestQuotation);
        end = end <= 0 ? LongestQuotation : end;
        return string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[end - 1]) ? end - 1 : end), " …");
    }
}
