namespace DeEscalationBot.Host.Conversations.Storage.Sealing;

/// <summary>A data key, wrapped by Data Protection. Whoever destroys the row destroys what it opens, wherever copies of that lie.</summary>
public sealed class RecordKeyRow
{
    /// <summary>Whose it is, as <see cref="KeyOwner"/> writes it.</summary>
    public required string Owner { get; init; }

    /// <summary>The key, wrapped.</summary>
    public required string Wrapped { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>That a conversation is, or was at some time, of a customer: how all of somebody's conversations are found without keeping who they are.</summary>
public sealed class RecordSubjectRow
{
    /// <summary>The customer: a keyed hash of the id that the desk gives.</summary>
    public required string Subject { get; init; }

    /// <summary>The conversation.</summary>
    public required string ConversationId { get; init; }
}

/// <summary>That something was erased: its receipt, without personal data.</summary>
public sealed class ErasureRow
{
    /// <summary>The receipt's id.</summary>
    public required string ReceiptId { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The receipt as JSON.</summary>
    public required string Receipt { get; init; }
}

/// <summary>A key of Data Protection, where the settings keep these in the database.</summary>
public sealed class ProtectionKeyRow
{
    /// <summary>The key's name.</summary>
    public required string Name { get; init; }

    /// <summary>The key as XML, encrypted by the certificate.</summary>
    public required string Xml { get; init; }
}
