namespace DeEscalationBot.Core.Channels;

/// <summary>Names one conversation. Chosen by the channel; opaque to every rule.</summary>
/// <remarks>
/// 1 to <see cref="MaxLength"/> UTF-16 units, without control characters, unpaired surrogates or white space at either
/// end. Everything else is allowed, because desks use slashes, colons, spaces and scripts of their own. Immutable.
/// </remarks>
public readonly record struct ConversationId
{
    /// <summary>The longest id, in UTF-16 units: 200.</summary>
    public const int MaxLength = 200;

    private readonly string? _value;

    private ConversationId(string value) => _value = value;

    /// <summary>The id as the channel gave it.</summary>
    public string Value => _value ?? throw new InvalidOperationException("An empty ConversationId names no conversation.");

    /// <summary>Checks and wraps an id.</summary>
    /// <param name="value">The id as it came in.</param>
    /// <param name="id">The id, when the answer is true.</param>
    /// <returns>Whether <paramref name="value"/> is a legal id.</returns>
    public static bool TryCreate(string? value, out ConversationId id)
    {
        var legal = IdentifierRules.IsLegal(value, MaxLength);
        id = legal ? new ConversationId(value!) : default;
        return legal;
    }

    /// <summary>Wraps an id that is known to be legal.</summary>
    /// <param name="value">The id.</param>
    /// <exception cref="ArgumentException">The id is empty, too long, or holds a character that is not allowed.</exception>
    public static ConversationId Create(string value) =>
        TryCreate(value, out var id) ? id : throw new ArgumentException(IdentifierRules.Explain("conversation id", MaxLength), nameof(value));

    /// <inheritdoc/>
    public override string ToString() => _value ?? "(none)";
}
