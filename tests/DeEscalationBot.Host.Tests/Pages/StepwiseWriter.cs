using System.Runtime.CompilerServices;
using System.Threading.Channels;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.Writing;

namespace DeEscalationBot.Host.Tests.Pages;

/// <summary>A writer whose steps a test gives one after the other; without a language model until the test says otherwise.</summary>
internal sealed class StepwiseWriter : ICoachWriter
{
    private readonly Channel<WritingStep> _steps = Channel.CreateUnbounded<WritingStep>();

    public bool UsesLanguageModel { get; set; }

    public List<WritingRequest> Asked { get; } = [];

    /// <summary>What comes of a text that is asked for whole; our own words until a test says otherwise.</summary>
    public Func<WritingRequest, Task<WrittenText>>? Whole { get; set; }

    public void Give(string text, WritingOrigin origin, bool isFinal, OfflineReason reason = OfflineReason.None, params WritingFault[] faults) => _steps.Writer.TryWrite(
        new WritingStep(text, isFinal, new WrittenText(WritingKind.NextReply, MessageLanguage.English, text, origin) { Reason = reason, Faults = faults }));

    public void GivePart(string text) => _steps.Writer.TryWrite(new WritingStep(text, IsFinal: false, null));

    public WrittenText WriteOffline(WritingRequest request) => new(request.Kind, MessageLanguage.English, "Our words.", WritingOrigin.Offline);

    public Task<WrittenText> WriteAsync(WritingRequest request, CancellationToken cancellationToken = default)
    {
        Asked.Add(request);
        return Whole?.Invoke(request) ?? Task.FromResult(WriteOffline(request));
    }

    public async IAsyncEnumerable<WritingStep> StreamAsync(WritingRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Asked.Add(request);
        await foreach (var step in _steps.Reader.ReadAllAsync(cancellationToken))
        {
            yield return step;
            if (step.IsFinal)
            {
                yield break;
            }
        }
    }
}
