namespace DeEscalationBot.Host.Privacy.Audit;

/// <summary>One line of the audit log: never changed, never deleted, bound to the line before it.</summary>
public sealed class AuditRow
{
    /// <summary>Its number, from 1, without gaps.</summary>
    public required long Number { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who: a person's id, <c>key:NAME</c>, <c>terminal</c>, <c>local</c> or <c>product</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>What they did, one of <see cref="AuditActions"/>.</summary>
    public required string Action { get; init; }

    /// <summary>To what: the id of a conversation, an alert, a key or a receipt. Never a customer's.</summary>
    public required string Target { get; init; }

    /// <summary>What it is written once for, or nothing: who sees the same conversation again in the same hour gets no second line.</summary>
    public string? Once { get; init; }

    /// <summary>What binds it: a hash over the line and the hash of the line before it, with a secret of the product's, in lower-case hexadecimal.</summary>
    public required string Hash { get; init; }
}

/// <summary>What is written down.</summary>
public static class AuditActions
{
    /// <summary>Somebody saw a conversation; once a person, conversation and hour.</summary>
    public const string Seen = "conversation.seen";

    /// <summary>Somebody did something with an alert: <c>alert.acknowledge</c>, <c>alert.takeOver</c> …</summary>
    public const string AlertPrefix = "alert.";

    /// <summary>What is kept of a customer was exported.</summary>
    public const string Exported = "subject.exported";

    /// <summary>What is kept of a customer was erased; the target is the receipt.</summary>
    public const string Erased = "subject.erased";

    /// <summary>A key of a program was made.</summary>
    public const string KeyMade = "key.made";

    /// <summary>A key of a program was revoked.</summary>
    public const string KeyRevoked = "key.revoked";

    /// <summary>Somebody signed in.</summary>
    public const string SignedIn = "signed.in";

    /// <summary>Somebody signed out; once a session.</summary>
    public const string SignedOut = "signed.out";

    /// <summary>Somebody exported or verified this log.</summary>
    public const string LogRead = "audit.read";
}
