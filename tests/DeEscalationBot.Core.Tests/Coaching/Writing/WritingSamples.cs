using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.Writing;
using DeEscalationBot.Plugin.Playbook;

namespace DeEscalationBot.Core.Tests.Coaching.Writing;

/// <summary>Conversations to write about, and the rules as they ship.</summary>
internal static class WritingSamples
{
    public static GeneratedTextReviewer Reviewer { get; } =
        PlaybookWriting.ReadReviewer(ThePlaybook.Files, PlaybookDraftRules.ReadReviewer(ThePlaybook.Files), ThePlaybook.Signals);

    public static OfflineWriter Offline { get; } = ReadOffline();

    public static WritingRequest Spanish(WritingKind kind, AddressForm address = AddressForm.Usted) => new(
        kind,
        [
            new(SpeakerRole.Customer, "Hola, soy Laura. Pedí una lavadora, pedido 88213, y me cobraron 349,90 € dos veces."),
            new(SpeakerRole.Agent, "Hola, Laura. Reviso el cobro del pedido 88213 y le escribo hoy antes de las 18:00."),
            new(SpeakerRole.Customer, "Llevo tres semanas esperando el reembolso y nadie me contesta. Mi correo es laura.perez@correo.example y mi teléfono 612 34 56 78. Quiero que me devuelvan lo que es mío."),
        ],
        MessageLanguage.Spanish,
        address);

    public static WritingRequest English(WritingKind kind) => new(
        kind,
        [
            new(SpeakerRole.Customer, "Hi, this is Maya. I ordered a desk, order DX-4471, and you charged my card $219.50 twice."),
            new(SpeakerRole.Agent, "Hello Maya. I am checking the charge on order DX-4471 and will write to you today before 6 pm."),
            new(SpeakerRole.Customer, "I have been waiting three weeks for my refund and nobody answers. My email is maya.lopez@mail.example and my card is 4111 1111 1111 1111. I want my money back."),
        ],
        MessageLanguage.English);

    private static OfflineWriter ReadOffline()
    {
        var paraphrase = PlaybookParaphrase.ReadEngine(ThePlaybook.Files, ThePlaybook.Signals);
        var drafts = PlaybookDraftRules.ReadReviewer(ThePlaybook.Files);
        return PlaybookWriting.ReadWriter(ThePlaybook.Files, paraphrase, drafts, ThePlaybook.Signals, PlaybookLetters.ReadLetter(ThePlaybook.Files, paraphrase, drafts));
    }
}
