using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <summary>A customer's message that an agent wants to say back (playbook A1).</summary>
/// <param name="Text">The message as it came in.</param>
/// <param name="Language">Wins over detection; undetermined for none.</param>
/// <param name="FallbackLanguage">Taken when the text is too short to tell: the conversation's language. Spanish when this too is undetermined.</param>
/// <param name="Address">How the agent speaks to the customer, in Spanish.</param>
/// <param name="Variant">Picks among phrasings: the same number gives the same words, the next number others, so that counting a conversation's turns never says the same opening twice in a row. Any value; without one the message's own words pick.</param>
public sealed record ParaphraseRequest(
    string Text,
    MessageLanguage Language = MessageLanguage.Undetermined,
    MessageLanguage FallbackLanguage = MessageLanguage.Undetermined,
    AddressForm Address = AddressForm.Usted,
    int? Variant = null);

/// <summary>What an agent could say to show that they listened.</summary>
/// <param name="Language">The language that it is written in; never undetermined.</param>
/// <param name="Text">The customer's facts from the agent's side, the feeling when one was shown, and a question that checks both; or an open question.</param>
/// <param name="Openers">Two or three questions that invite the customer to tell more.</param>
/// <param name="IsFallback">True when no fact could be given back with certainty: then the text is an open question.</param>
public sealed record ParaphraseResult(MessageLanguage Language, string Text, IReadOnlyList<string> Openers, bool IsFallback);
