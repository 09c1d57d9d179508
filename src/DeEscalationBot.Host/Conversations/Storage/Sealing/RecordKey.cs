using System.Security.Cryptography;
using System.Text;
using DeEscalationBot.Host.Cases.Storage;

namespace DeEscalationBot.Host.Conversations.Storage.Sealing;

/// <summary>Whose a data key is: what is destroyed with it. As text it is the key of the row in <c>record_keys</c>.</summary>
/// <param name="Id">The text.</param>
public readonly record struct KeyOwner(string Id)
{
    /// <summary>One conversation. Its key leads to its customer by <see cref="RecordSubjectRow"/>.</summary>
    /// <param name="conversation">The conversation's id.</param>
    public static KeyOwner Conversation(string conversation) => new("conversation:" + conversation);

    /// <summary>One customer, for what is kept of them outside conversations.</summary>
    /// <param name="subject">The customer, as <see cref="RecordCipher.SubjectOfAsync"/> writes them.</param>
    public static KeyOwner Customer(string subject) => new(Customers + subject);

    /// <summary>The product itself, for what is of nobody in particular.</summary>
    /// <param name="what">What.</param>
    public static KeyOwner Product(string what) => new("product:" + what);

    /// <summary>Whether the same owner may have another key later: a customer who was erased may come back, a conversation never does.</summary>
    public bool MayComeBack => Id.StartsWith(Customers, StringComparison.Ordinal);

    private const string Customers = "customer:";
}

/// <summary>A text of the record cannot be opened: the key is missing, is another, or the text was changed. The message is the end of a sentence and holds no text.</summary>
/// <param name="message">Why.</param>
/// <param name="inner">What was behind it.</param>
public sealed class RecordKeyException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Seals and opens texts of the record with the data key of one owner: AES-256 in GCM, with a nonce of its own for each text.</summary>
/// <remarks>
/// A sealed text begins with <see cref="Mark"/>, which no JSON and no legal id begins with: what does not begin with it was written plain and is given back as it is.
/// Each text is bound to the place it stands in, so that rows that are exchanged do not open. Immutable; safe for concurrent use.
/// </remarks>
public sealed class RecordKey
{
    /// <summary>What a sealed text begins with: U+0001, the version of the form, a point.</summary>
    public const string Mark = "\u00011.";

    /// <summary>The length of a key in bytes: 32.</summary>
    public const int Length = 32;

    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly byte[]? _key;
    private readonly string _absence;

    private RecordKey(KeyOwner owner, byte[]? key, string absence)
    {
        Owner = owner;
        _key = key;
        _absence = absence;
    }

    /// <summary>Seals nothing and opens what was never sealed.</summary>
    public static RecordKey None { get; } = new(default, null, "its key is missing.");

    /// <summary>Whose it is.</summary>
    public KeyOwner Owner { get; }

    /// <summary>Whether there is a key.</summary>
    public bool IsThere => _key is not null;

    /// <summary>A key.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="key">Its bytes, <see cref="Length"/> of them.</param>
    public static RecordKey Of(KeyOwner owner, byte[] key)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, Length, nameof(key));
        return new RecordKey(owner, key, "");
    }

    /// <summary>No key: opens what was never sealed, and says why it opens nothing else.</summary>
    /// <param name="owner">Whose it would be.</param>
    /// <param name="why">The end of a sentence.</param>
    public static RecordKey Missing(KeyOwner owner, string why) => new(owner, null, why);

    /// <summary>Whether a text is sealed.</summary>
    /// <param name="text">The text.</param>
    public static bool IsSealed(string? text) => text?.StartsWith(Mark, StringComparison.Ordinal) == true;

    /// <summary>Seals a text; as it is when there is no key.</summary>
    /// <param name="place">Where it stands, from <see cref="RecordPlace"/>.</param>
    /// <param name="text">The text.</param>
    public string Seal(string place, string text)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(text);
        if (_key is null)
        {
            return text;
        }

        var plain = Encoding.UTF8.GetBytes(text);
        var sealedText = new byte[NonceLength + plain.Length + TagLength];
        var nonce = sealedText.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var gcm = new AesGcm(_key, TagLength);
        gcm.Encrypt(nonce, plain, sealedText.AsSpan(NonceLength, plain.Length), sealedText.AsSpan(NonceLength + plain.Length), Encoding.UTF8.GetBytes(place));
        CryptographicOperations.ZeroMemory(plain);
        return Mark + Convert.ToBase64String(sealedText);
    }

    /// <summary>Opens a text, or gives back one that was never sealed.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="RecordKeyException">It cannot be opened.</exception>
    public string Open(string place, string text)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(text);
        if (!IsSealed(text))
        {
            return text;
        }

        if (_key is null)
        {
            throw new RecordKeyException(_absence);
        }

        try
        {
            var bytes = Convert.FromBase64String(text[Mark.Length..]);
            var length = bytes.Length - NonceLength - TagLength;
            if (length < 0)
            {
                throw new RecordKeyException("it is too short to be whole.");
            }

            var plain = new byte[length];
            using var gcm = new AesGcm(_key, TagLength);
            gcm.Decrypt(bytes.AsSpan(0, NonceLength), bytes.AsSpan(NonceLength, length), bytes.AsSpan(NonceLength + length), plain, Encoding.UTF8.GetBytes(place));
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            throw new RecordKeyException("its key does not open it: it was changed, or it stands in another place than it was written to.", e);
        }
    }
}

/// <summary>Where a sealed text stands: part of what is sealed, so never changed.</summary>
public static class RecordPlace
{
    /// <summary>An event.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="sequence">The event's place in it.</param>
    public static string Event(string conversation, long sequence) => FormattableString.Invariant($"event/{sequence}/{conversation}");

    /// <summary>An alert.</summary>
    /// <param name="alertId">The alert.</param>
    public static string Alert(string alertId) => "alert/" + alertId;

    /// <summary>A follow-up.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="followUpId">The follow-up.</param>
    public static string FollowUp(string conversation, string followUpId) => $"follow-up/{followUpId}/{conversation}";

    /// <summary>A proposed review.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="sequence">The event that proposed it.</param>
    public static string Review(string conversation, long sequence) => FormattableString.Invariant($"review/{sequence}/{conversation}");

    /// <summary>What goes out.</summary>
    /// <param name="deliveryId">The delivery.</param>
    public static string Outbox(string deliveryId) => "outbox/" + deliveryId;

    /// <summary>The customer's id, wherever it stands beside the events of a conversation.</summary>
    /// <param name="conversation">The conversation.</param>
    public static string Customer(string conversation) => "customer/" + conversation;

    /// <summary>An event of a customer's record or of a case.</summary>
    /// <param name="kind">Whose.</param>
    /// <param name="stream">The customer's id, or the case's.</param>
    /// <param name="sequence">The event's place in it.</param>
    public static string Case(CaseKind kind, string stream, long sequence) => FormattableString.Invariant($"case/{sequence}/{kind}/{stream}");

    /// <summary>The reference of a channel's conversation.</summary>
    /// <param name="tenant">The organisation.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="conversation">The conversation in the channel.</param>
    public static string BotConversation(string tenant, string channel, string conversation) => $"bot/{tenant}/{channel}/{conversation}";

    /// <summary>The reference of an alert's card.</summary>
    /// <param name="alertId">The alert.</param>
    /// <param name="place">The place it was sent to.</param>
    public static string AlertCard(string alertId, string place) => $"card/{alertId}/{place}";
}
