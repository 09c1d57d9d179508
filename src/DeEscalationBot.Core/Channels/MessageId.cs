namespace DeEscalationBot.Core.Channels;

/// <summary>Names one message within its conversation: the key by which a repeated delivery is recognised.</summary>
/// <remarks>The same rules as <see cref="ConversationId"/>. Immutable.</remarks>
public readonly record struct MessageId
{
    /// <summary>The longest id, in UTF-16 units: 200.</summary>
    public const int MaxLength = 200;

    private readonly string? _value;

    private MessageId(string value) => _value = value;

    /// <summary>The id as the channel gave it.</summary>
    public string Value => _value ?? throw new InvalidOperationException("An empty MessageId names no message.");

    /// <summary>Checks and wraps an id.</summary>
    /// <param name="value">The id as it came in.</param>
    /// <param name="id">The id, when the answer is true.</param>
    /// <returns>Whether <paramref name="value"/> is a legal id.</returns>
    public static bool TryCreate(string? value, out MessageId id)
    {
        var legal = IdentifierRules.IsLegal(value, MaxLength);
        id = legal ? new MessageId(value!) : default;
        return legal;
    }

    /// <summary>Wraps an id that is known to be legal.</summary>
    /// <param name="value">The id.</param>
    /// <exception cref="ArgumentException">The id is empty, too long, or holds a character that is not allowed.</exception>
    public static MessageId Create(string value) =>
        TryCreate(value, out var id) ? id : throw new ArgumentException(IdentifierRules.Explain("message id", MaxLength), nameof(value));

    /// <inheritdoc/>
    public override string ToString() => _value ?? "(none)";
}
