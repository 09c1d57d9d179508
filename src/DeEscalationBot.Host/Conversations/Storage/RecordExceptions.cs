using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Hosting;

namespace DeEscalationBot.Host.Conversations.Storage;

/// <summary>One conversation cannot be gone on with. Other conversations are not touched.</summary>
/// <param name="message">Why, for a person.</param>
/// <param name="innerException">What was behind it, or nothing.</param>
[GenerateSerializer]
public abstract class ConversationClosedException(string message, Exception? innerException) : Exception(message, innerException);

/// <summary>The conversation was erased (<see cref="ErrorCodes.ConversationErased"/>): nothing of it is left, and its id is not used again.</summary>
[GenerateSerializer]
public sealed class ConversationErasedException : ConversationClosedException
{
    /// <summary>Says which.</summary>
    /// <param name="conversation">The conversation.</param>
    public ConversationErasedException(ConversationId conversation)
        : base($"The conversation '{conversation}' was erased, and its id is not used again. Begin a new conversation with another id.", null)
    {
    }
}

/// <summary>One conversation's record cannot be understood (<see cref="ErrorCodes.RecordDamaged"/>). Other conversations are not touched.</summary>
[GenerateSerializer]
public sealed class ConversationRecordDamagedException : ConversationClosedException
{
    /// <summary>Says which event is damaged.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="sequence">The event, counted from 1.</param>
    /// <param name="what">What is wrong with it, without the message's text.</param>
    /// <param name="innerException">What the reader reported, or nothing.</param>
    public ConversationRecordDamagedException(ConversationId conversation, long sequence, string what, Exception? innerException = null)
        : base($"The record of the conversation '{conversation}' is damaged at event {sequence}: {what} Restore that event from a backup; the other conversations are not affected.", innerException)
    {
    }
}

/// <summary>The record cannot be written or read now (<see cref="ErrorCodes.RecordUnavailable"/>): the database is away, full or locked.</summary>
/// <remarks>Whether a message was recorded is then unknown; sending it again with the same id is always safe.</remarks>
[GenerateSerializer]
public sealed class RecordUnavailableException : Exception
{
    /// <summary>Says what failed.</summary>
    /// <param name="message">What failed.</param>
    /// <param name="innerException">What the database reported, or nothing.</param>
    public RecordUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

/// <summary>Somebody else appended to the same conversation first: load it again and decide anew.</summary>
public sealed class ConcurrentAppendException : Exception
{
    /// <summary>Says which append lost.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="sequence">The first event that was to be written.</param>
    /// <param name="innerException">What the database reported.</param>
    public ConcurrentAppendException(ConversationId conversation, long sequence, Exception innerException)
        : base($"Event {sequence} of the conversation '{conversation}' was recorded by somebody else.", innerException)
    {
    }
}
