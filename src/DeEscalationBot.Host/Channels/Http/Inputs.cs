using System.Text.Json;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Coaching.Paraphrasing;
using DeEscalationBot.Host.Conversations;

namespace DeEscalationBot.Host.Channels.Http;

/// <summary>What <c>analyze</c> takes in.</summary>
/// <param name="Id">Given back as it came; nothing when missing.</param>
/// <param name="Text">The customer's text; may be empty.</param>
/// <param name="Language">The hint.</param>
/// <param name="Explains">Whether the answer says what made the score.</param>
public sealed record AnalyzeInput(JsonElement? Id, string Text, MessageLanguage Language, bool Explains)
{
    /// <summary>Reads a request; look at <see cref="FieldReader.IsGood"/> afterwards.</summary>
    /// <param name="fields">The object.</param>
    public static AnalyzeInput Read(FieldReader fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return ReadLine(fields, explains: fields.Flag("explain"));
    }

    /// <summary>Reads a line of a batch, where an option of the verb asks for explanations and no line does.</summary>
    /// <param name="fields">The object.</param>
    /// <param name="explains">Whether the option is given.</param>
    public static AnalyzeInput ReadLine(FieldReader fields, bool explains)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return new AnalyzeInput(fields.Raw("id"), fields.RequiredText("text", mayBeBlank: true), fields.Language("lang"), explains);
    }
}

/// <summary>What <c>paraphrase</c> takes in.</summary>
/// <param name="Id">Given back as it came; nothing when missing.</param>
/// <param name="Text">The customer's text; may be empty.</param>
/// <param name="Language">The hint.</param>
/// <param name="Address">How the customer is addressed in Spanish.</param>
public sealed record ParaphraseInput(JsonElement? Id, string Text, MessageLanguage Language, AddressForm Address)
{
    /// <summary>The same for the engine.</summary>
    public ParaphraseRequest Request => new(Text, Language, MessageLanguage.Undetermined, Address);

    /// <summary>Reads it; look at <see cref="FieldReader.IsGood"/> afterwards.</summary>
    /// <param name="fields">The object.</param>
    public static ParaphraseInput Read(FieldReader fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return new ParaphraseInput(
            fields.Raw("id"),
            fields.RequiredText("text", mayBeBlank: true),
            fields.Language("lang"),
            fields.OneOf("address", AddressForm.Usted, ("usted", AddressForm.Usted), ("tú", AddressForm.Tu), ("tu", AddressForm.Tu), ("vos", AddressForm.Vos)));
    }
}

/// <summary>What <c>review</c> takes in.</summary>
/// <param name="Id">Given back as it came; nothing when missing.</param>
/// <param name="Text">The draft; may be empty.</param>
/// <param name="Language">The hint.</param>
/// <param name="CustomerText">What it answers, or nothing.</param>
/// <param name="Kind">A reply or a farewell.</param>
public sealed record ReviewInput(JsonElement? Id, string Text, MessageLanguage Language, string? CustomerText, DraftKind Kind)
{
    /// <summary>The same for the reviewer.</summary>
    public DraftRequest Request => new(Text, Language, MessageLanguage.Undetermined, Kind, CustomerText is null ? [] : [CustomerText]);

    /// <summary>Reads it; look at <see cref="FieldReader.IsGood"/> afterwards.</summary>
    /// <param name="fields">The object.</param>
    public static ReviewInput Read(FieldReader fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return new ReviewInput(
            fields.Raw("id"),
            fields.RequiredText("text", mayBeBlank: true),
            fields.Language("lang"),
            fields.OptionalText("customerText"),
            fields.OneOf("kind", DraftKind.Reply, ("reply", DraftKind.Reply), ("farewell", DraftKind.Farewell)));
    }
}

/// <summary>Reads a message of a conversation, over HTTP and in <c>replay</c>.</summary>
public static class MessageInput
{
    /// <summary>Reads it; look at <see cref="FieldReader.IsGood"/> first: otherwise the answer is not to be used.</summary>
    /// <param name="fields">The object.</param>
    /// <param name="now">The instant of a message that brings none.</param>
    /// <param name="ownId">The id to use whatever the message brings; nothing when it has to bring one.</param>
    public static InboundMessage? Read(FieldReader fields, DateTimeOffset now, string? ownId = null)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var given = ownId ?? fields.RequiredString("id");
        if (!MessageId.TryCreate(given, out var id))
        {
            fields.Complain("id", "cannot be used. " + IdentifierRules.Explain("message id", MessageId.MaxLength));
        }

        _ = fields.RequiredString("speaker");
        var speaker = fields.OneOf("speaker", SpeakerRole.Customer, ("customer", SpeakerRole.Customer), ("agent", SpeakerRole.Agent));
        var text = fields.RequiredText("text", mayBeBlank: false);
        var language = fields.Language("lang");
        var at = fields.Instant("at", now);
        var customer = fields.OptionalIdentifier("customerId");
        var agent = fields.OptionalIdentifier("agentId");
        var team = fields.OptionalIdentifier("team", ConversationTeams.MaxLength);
        return fields.IsGood ? new InboundMessage(id, speaker, text, at, language, customer, agent, team) : null;
    }
}
