using System.Globalization;
using System.Text;
using System.Text.Json;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Host.Cases.Storage;
using DeEscalationBot.Host.Contract;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using DeEscalationBot.Host.Privacy.Audit;

namespace DeEscalationBot.Host.Privacy;

/// <summary>What is kept of a customer, as they may have it: their conversations with every message, what was found in it, what was promised and given to them, their record and their cases.</summary>
/// <remarks>What supervisors wrote to each other or to the agent is theirs and not the customer's; it is left out, and so are the names of agents.</remarks>
/// <param name="CustomerId">The customer as the desk knows them.</param>
/// <param name="MadeAt">When, UTC.</param>
/// <param name="Conversations">Their conversations, by id.</param>
/// <param name="Record">What is kept of them outside conversations, or nothing.</param>
/// <param name="Cases">The cases about them.</param>
/// <param name="Unreadable">The ids of conversations and cases that are damaged and could not be read; the customer's own, when it is their record.</param>
public sealed record SubjectExport(
    string CustomerId, DateTimeOffset MadeAt, IReadOnlyList<ExportedConversation> Conversations, ExportedRecord? Record, IReadOnlyList<ExportedCase> Cases, IReadOnlyList<string> Unreadable)
{
    /// <summary>As JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>As a text to read, in Markdown.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        Line($"# {Word("What is kept of", "Lo que se guarda de")} {CustomerId}");
        Line($"{MadeAt:yyyy-MM-dd HH:mm} UTC");
        foreach (var conversation in Conversations)
        {
            Line($"\n## {conversation.ConversationId}");
            foreach (var message in conversation.Messages)
            {
                var score = message.Frustration is { } frustration ? string.Create(CultureInfo.InvariantCulture, $" · {Word("frustration", "frustración")} {frustration:0.00} · {message.Level}") : "";
                Line($"\n**{message.At:yyyy-MM-dd HH:mm} · {message.Speaker}**{score}\n");
                text.AppendLine(string.Join('\n', message.Text.ReplaceLineEndings("\n").Split('\n').Select(l => "> " + l)));
            }

            foreach (var alert in conversation.Alerts)
            {
                Line($"\n- {Word("alert", "aviso")} {alert.RaisedAt:yyyy-MM-dd HH:mm} · {alert.Trigger} · {alert.Reason}");
            }

            foreach (var followUp in conversation.FollowUps)
            {
                Line($"\n- {Word("promised for", "prometido para")} {followUp.PromisedFor:yyyy-MM-dd HH:mm} · {followUp.State} · {followUp.Reason}");
            }

            foreach (var gift in conversation.Goodwill)
            {
                text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"\n- {Word("given", "ofrecido")} {gift.At:yyyy-MM-dd} · {gift.Amount} {gift.Currency} · {gift.Reason}{(gift.IsTakenBack ? " · " + Word("taken back", "retirado") : "")}"));
            }
        }

        if (Record is { } record)
        {
            WriteRecord(record);
        }

        foreach (var @case in Cases)
        {
            Line($"\n## {@case.CaseId}\n\n{@case.OpenedAt:yyyy-MM-dd} · {@case.Stage}{(@case.Outcome is { } outcome ? " · " + outcome : "")}");
            foreach (var reason in @case.Reasons)
            {
                Line($"\n- {Word("reason", "motivo")}: {reason}");
            }

            foreach (var entry in @case.Entries)
            {
                Line($"\n- {Name(entry.Kind)}{(entry.At is { } at ? at.ToString(" yyyy-MM-dd", CultureInfo.InvariantCulture) : "")}: {entry.Text.ReplaceLineEndings(" ")}");
            }
        }

        foreach (var id in Unreadable)
        {
            Line($"\n- {Word("could not be read", "no se pudo leer")}: {id}");
        }

        return text.ToString();

        void WriteRecord(ExportedRecord record)
        {
            Line($"\n## {Word("The customer's record", "La ficha del cliente")}\n\n{record.Name}");
            foreach (var stay in record.Stays)
            {
                Line($"\n- {Word("customer", "cliente")}: {stay.From:yyyy-MM-dd} – {stay.Until:yyyy-MM-dd}");
            }

            if (record.Contract is { } contract)
            {
                Line($"\n- {Word("contract", "contrato")}: {contract.Start:yyyy-MM-dd} – {contract.End:yyyy-MM-dd} · {contract.Value.Amount} {contract.Value.Currency}");
            }

            foreach (var owed in record.Obligations)
            {
                Line($"\n- {(owed.Side == ObligationSide.Ours ? Word("we owe", "debemos") : Word("you owe", "debe"))}: {owed.Text} · {owed.DueOn:yyyy-MM-dd} · {owed.Amount?.Amount} {owed.Amount?.Currency}{(owed.ClosedAt is null ? "" : " · " + Word("done", "hecho"))}");
            }

            foreach (var paid in record.Revenue)
            {
                Line($"\n- {Word("paid", "pagado")}: {paid.On:yyyy-MM-dd} · {paid.Amount.Amount} {paid.Amount.Currency}");
            }

            foreach (var contact in record.Contacts)
            {
                Line($"\n- {Word("time with you", "tiempo con usted")}: {contact.On:yyyy-MM-dd} · {contact.Duration:c}");
            }

            foreach (var claim in record.Claims)
            {
                Line($"\n- {Word("asked for", "pedido")}: {claim.On:yyyy-MM-dd} · {claim.Amount.Amount} {claim.Amount.Currency} · {claim.Why}{(claim.WasGranted ? " · " + Word("given", "concedido") : "")}");
            }
        }

        string Name(ExportedEntryKind kind) => kind switch
        {
            ExportedEntryKind.Evidence => Word("held against you", "lo que se le atribuye"),
            ExportedEntryKind.Warning => Word("warning", "advertencia"),
            ExportedEntryKind.Concerns => Word("your concerns", "sus quejas"),
            ExportedEntryKind.Message => Word("message to you", "mensaje a usted"),
            ExportedEntryKind.Appeal => Word("your appeal", "su petición de segunda lectura"),
            ExportedEntryKind.Wish => Word("your wish to leave", "su deseo de irse"),
            ExportedEntryKind.Motive => Word("your motive", "su motivo"),
            ExportedEntryKind.Talk => Word("said in the talk", "dicho en la conversación"),
            ExportedEntryKind.Handover => Word("handed over", "entrega"),
            ExportedEntryKind.Testimonial => Word("your testimonial", "su testimonio"),
            ExportedEntryKind.Survey => Word("your answer", "su respuesta"),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };

        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
        string Word(string english, string spanish) => IsSpanish ? spanish : english;
    }

    private bool IsSpanish => Conversations.Count(c => c.Language == "es") * 2 > Conversations.Count;

    private static readonly JsonSerializerOptions Json = CreateJson();

    private static JsonSerializerOptions CreateJson()
    {
        var options = new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        ContractJson.Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

/// <summary>One conversation of a customer.</summary>
/// <param name="ConversationId">Its id.</param>
/// <param name="Language">Its language.</param>
/// <param name="Messages">Its messages, in order.</param>
/// <param name="Alerts">The alerts that it raised.</param>
/// <param name="FollowUps">What was promised.</param>
/// <param name="Goodwill">What was given.</param>
public sealed record ExportedConversation(
    string ConversationId,
    string Language,
    IReadOnlyList<ExportedMessage> Messages,
    IReadOnlyList<ExportedAlert> Alerts,
    IReadOnlyList<ExportedFollowUp> FollowUps,
    IReadOnlyList<ExportedGoodwill> Goodwill)
{
    /// <summary>The conversation as it leaves: without what somebody else wrote as its customer, before or after.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="customerId">Whose export it is.</param>
    public static ExportedConversation From(Conversation conversation, string customerId)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return new ExportedConversation(
            conversation.Id.Value,
            conversation.Language.Code(),
            [.. conversation.Turns.Where(t => t.Speaker != SpeakerRole.Customer || t.AuthorId is null || t.AuthorId == customerId).Select(t => new ExportedMessage(
                t.MessageId.Value, t.At, t.Speaker, t.Text, t.Score?.Frustration.Value, t.Score?.Level.ToString(), [.. t.Score?.Signals.Select(s => s.Type.ToString()) ?? []]))],
            [.. conversation.Alerts.Select(a => new ExportedAlert(a.RaisedAt, a.Trigger.ToString(), a.Reason, a.ClosedAt))],
            [.. conversation.FollowUps.Select(f => new ExportedFollowUp(f.PromisedFor, f.State.ToString(), f.Reason))],
            [.. conversation.Goodwill.Select(g => new ExportedGoodwill(g.At, g.Amount, g.Currency, g.Reason, g.TakenBackAt is not null))]);
    }
}

/// <summary>One message.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When it was written.</param>
/// <param name="Speaker">Who wrote it.</param>
/// <param name="Text">Its text.</param>
/// <param name="Frustration">Of a customer's message: how frustrated it was read, 0 to 1.</param>
/// <param name="Level">The level that this is.</param>
/// <param name="Signals">What was found in it.</param>
public sealed record ExportedMessage(string Id, DateTimeOffset At, SpeakerRole Speaker, string Text, double? Frustration, string? Level, IReadOnlyList<string> Signals);

/// <summary>One alert.</summary>
/// <param name="RaisedAt">When it was raised.</param>
/// <param name="Trigger">By which trigger.</param>
/// <param name="Reason">Why.</param>
/// <param name="ClosedAt">When it was settled, or nothing.</param>
public sealed record ExportedAlert(DateTimeOffset RaisedAt, string Trigger, string Reason, DateTimeOffset? ClosedAt);

/// <summary>One promise.</summary>
/// <param name="PromisedFor">By when.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">What for.</param>
public sealed record ExportedFollowUp(DateTimeOffset PromisedFor, string State, string Reason);

/// <summary>One gesture.</summary>
/// <param name="At">When.</param>
/// <param name="Amount">How much.</param>
/// <param name="Currency">Of what.</param>
/// <param name="Reason">What for.</param>
/// <param name="IsTakenBack">Whether it was taken back.</param>
public sealed record ExportedGoodwill(DateTimeOffset At, decimal Amount, string Currency, string Reason, bool IsTakenBack);

/// <summary>Reads what is kept of a customer.</summary>
/// <param name="eraser">Which conversations are theirs: those that an erasure would take.</param>
/// <param name="log">The record.</param>
/// <param name="cases">Customers' records and cases.</param>
/// <param name="cipher">How the log names a customer: by a keyed hash.</param>
/// <param name="audit">Writes down that it was done.</param>
/// <param name="clock">The product's clock.</param>
public sealed class SubjectReader(SubjectEraser eraser, ConversationLog log, CaseLog cases, RecordCipher cipher, AuditLog audit, TimeProvider clock)
{
    /// <summary>Reads it. Empty for somebody unknown.</summary>
    /// <param name="customerId">The customer as the desk knows them.</param>
    /// <param name="by">Who asks for it.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<SubjectExport> ReadAsync(string customerId, string by, CancellationToken cancellationToken = default)
    {
        await audit.WriteAsync(by, AuditActions.Exported, await cipher.SubjectOfAsync(customerId, cancellationToken));
        var conversations = new List<ExportedConversation>();
        var unreadable = new List<string>();
        foreach (var id in await eraser.FindAsync(customerId))
        {
            try
            {
                var conversation = await log.LoadAsync(id, cancellationToken);
                conversations.Add(ExportedConversation.From(conversation, customerId));
            }
            catch (ConversationRecordDamagedException)
            {
                unreadable.Add(id.Value);
            }
        }

        var record = default(ExportedRecord);
        var exported = new List<ExportedCase>();
        foreach (var row in await cases.ListAsync(new CaseListQuery(Enum.GetValues<CaseKind>(), CaseSight.Everything, CustomerId: customerId), cancellationToken))
        {
            try
            {
                switch (row.Kind)
                {
                    case CaseKind.Customer:
                        record = ExportedRecord.From(await cases.LoadCustomerAsync(customerId, cancellationToken));
                        break;
                    case CaseKind.Dismissal:
                        exported.Add(ExportedCase.From(await cases.LoadDismissalAsync(row.CaseId, cancellationToken)));
                        break;
                    case CaseKind.Departure:
                        exported.Add(ExportedCase.From(await cases.LoadDepartureAsync(row.CaseId, cancellationToken)));
                        break;
                    case CaseKind.Proposal:
                        break; // What the desk's people noted for each other.
                    default:
                        throw new InvalidOperationException($"Nobody has said how a {row.Kind} is exported.");
                }
            }
            catch (CaseRecordDamagedException)
            {
                unreadable.Add(row.CaseId);
            }
        }

        return new SubjectExport(customerId, clock.GetUtcNow(), conversations, record, exported, unreadable);
    }
}
