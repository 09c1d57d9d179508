using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;

namespace DeEscalationBot.Core.Coaching.Writing;

/// <summary>What is to be written for an agent.</summary>
public enum WritingKind
{
    /// <summary>The customer's last message said back (A1).</summary>
    Paraphrase,

    /// <summary>The agent's draft with its findings mended.</summary>
    RewriteDraft,

    /// <summary>What the agent could answer next.</summary>
    NextReply,

    /// <summary>What a colleague who takes over has to know. Never sent to the customer.</summary>
    HandoverSummary,

    /// <summary>A letter of apology (A13).</summary>
    ApologyLetter,

    /// <summary>The farewell of a dismissal, in better words (B7).</summary>
    Farewell,
}

/// <summary>One message of the conversation.</summary>
/// <param name="Speaker">Who wrote it.</param>
/// <param name="Text">The text as it came in.</param>
public sealed record WritingTurn(SpeakerRole Speaker, string Text);

/// <summary>What a person confirmed for a letter. What is missing is asked for, never invented (A13).</summary>
/// <param name="Problem">What went wrong, as the company says it, or nothing.</param>
/// <param name="Actions">What is done about it, or nothing.</param>
/// <param name="ResultsBy">The date by which results show, confirmed by a person, or nothing.</param>
/// <param name="Contact">Whom the customer can turn to and how, or nothing.</param>
public sealed record ConfirmedFacts(string? Problem = null, string? Actions = null, string? ResultsBy = null, string? Contact = null)
{
    /// <summary>Those that are given.</summary>
    public IEnumerable<string> All => new[] { Problem, Actions, ResultsBy, Contact }.OfType<string>().Where(f => !string.IsNullOrWhiteSpace(f));
}

/// <summary>Asks for a text. Immutable.</summary>
/// <param name="Kind">What is wanted.</param>
/// <param name="Turns">The conversation, oldest first; the last <see cref="MostTurns"/> count.</param>
/// <param name="Language">The language of the text; undetermined to tell it from the conversation.</param>
/// <param name="Address">How a Spanish-speaking customer is addressed.</param>
/// <param name="Variant">Picks among phrasings offline. Any value.</param>
public sealed record WritingRequest(
    WritingKind Kind,
    IReadOnlyList<WritingTurn> Turns,
    MessageLanguage Language = MessageLanguage.Undetermined,
    AddressForm Address = AddressForm.Usted,
    int Variant = 0)
{
    /// <summary>How many messages are looked at, counted from the last one: 30.</summary>
    public const int MostTurns = 30;

    /// <summary>The agent's draft; needed for <see cref="WritingKind.RewriteDraft"/> and, as our own words, for <see cref="WritingKind.Farewell"/>.</summary>
    public string? Draft { get; init; }

    /// <summary>What the coach proposed for the last message: the offline words of <see cref="WritingKind.NextReply"/>.</summary>
    public Suggestion? Suggestion { get; init; }

    /// <summary>What a person confirmed for a letter.</summary>
    public ConfirmedFacts Facts { get; init; } = new();

    /// <summary>The customer's last message, or an empty text.</summary>
    public string LastCustomerText => Turns.LastOrDefault(t => t.Speaker == SpeakerRole.Customer)?.Text ?? string.Empty;

    /// <summary>Asks for a text in a conversation.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="kind">What is wanted.</param>
    /// <param name="address">How a Spanish-speaking customer is addressed.</param>
    public static WritingRequest For(Conversation conversation, WritingKind kind, AddressForm address)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var turns = conversation.Turns.Skip(Math.Max(0, conversation.Turns.Count - MostTurns)).Select(t => new WritingTurn(t.Speaker, t.Text)).ToList();
        var last = conversation.CustomerTurns.LastOrDefault();
        return new WritingRequest(kind, turns, conversation.Language, address, conversation.Turns.Count)
        {
            Suggestion = last is null ? null : conversation.Suggestions.GetValueOrDefault(last.Index),
        };
    }
}
