using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Pipeline;

namespace DeEscalationBot.Host.Hosting;

/// <summary>Takes a made-up conversation through the rules once the host has started, so that the first customer does not wait for it. Records nothing.</summary>
/// <param name="pipeline">The rules.</param>
/// <param name="clock">The product's clock.</param>
public sealed class WarmUp(ConversationTurnPipeline pipeline, TimeProvider clock) : BackgroundService
{
    private static readonly (SpeakerRole Speaker, string Text)[] Messages =
    [
        (SpeakerRole.Customer, "Llevo tres semanas esperando el reembolso del pedido y nadie me responde!!! Quiero hablar con su jefe."),
        (SpeakerRole.Agent, "Gracias por contármelo. Lo miro ahora mismo y le escribo hoy antes de las 15:00."),
        (SpeakerRole.Customer, "This is the third time that I ask about my order and nobody answers me. I want to cancel."),
        (SpeakerRole.Agent, "Thank you for telling me. I will look into it now and write to you by 3 pm today."),
    ];

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(
        () =>
        {
            var conversation = Conversation.Start(ConversationId.Create("warm-up"));
            for (var i = 0; i < Messages.Length && !stoppingToken.IsCancellationRequested; i++)
            {
                var (speaker, text) = Messages[i];
                var now = clock.GetUtcNow();
                conversation = pipeline.Take(conversation, new InboundMessage(MessageId.Create($"m{i}"), speaker, text, now), now).Conversation;
            }
        },
        stoppingToken);
}
