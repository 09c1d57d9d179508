namespace DeEscalationBot.Host.Access.Keys;

/// <summary>One API key as it is kept: what opens is not in it, only the hash.</summary>
public sealed class ApiKeyRow
{
    /// <summary>The part of the key by which it is found; no secret.</summary>
    public required string KeyId { get; init; }

    /// <summary>What it is for, for people.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the whole key, in lower-case hexadecimal. A key has 256 random bits, so that guessing is hopeless without slowing anything down.</summary>
    public required string Hash { get; init; }

    /// <summary>Its scopes, with spaces between them.</summary>
    public required string Scopes { get; init; }

    /// <summary>The teams that it is kept to, as JSON; an empty array for all.</summary>
    public required string Teams { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was revoked, UTC, or nothing.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>When it last opened something, UTC, to the minute; nothing before.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
}
