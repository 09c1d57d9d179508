namespace DeEscalationBot.Host.Channels.Http;

// The bodies as OpenAPI describes them. They are read field by field, so that each problem gets its sentence: see FieldReader.

/// <summary>A message of a conversation.</summary>
/// <param name="Id">The message's id within its conversation. A repeated id changes nothing and is answered with the first outcome.</param>
/// <param name="Speaker"><c>customer</c> or <c>agent</c>.</param>
/// <param name="Text">The text: at most 65,536 UTF-16 units, and more than white space.</param>
/// <param name="Lang">A hint that wins over detection: <c>es</c> or <c>en</c>.</param>
/// <param name="At">When it was written (ISO 8601); now when left out.</param>
/// <param name="CustomerId">The customer as the desk knows them.</param>
/// <param name="AgentId">The agent as the desk knows them.</param>
public sealed record MessageBody(string Id, string Speaker, string Text, string? Lang = null, DateTimeOffset? At = null, string? CustomerId = null, string? AgentId = null);

/// <summary>A customer's text to score.</summary>
/// <param name="Text">The text: at most 65,536 UTF-16 units.</param>
/// <param name="Id">Given back as it came.</param>
/// <param name="Lang">A hint that wins over detection: <c>es</c> or <c>en</c>.</param>
/// <param name="Explain">Whether the answer says what moved the score most, in <c>explanation</c>; false when left out.</param>
public sealed record AnalyzeBody(string Text, string? Id = null, string? Lang = null, bool? Explain = null);

/// <summary>A customer's text to say back.</summary>
/// <param name="Text">The text: at most 65,536 UTF-16 units.</param>
/// <param name="Id">Given back as it came.</param>
/// <param name="Lang">A hint that wins over detection: <c>es</c> or <c>en</c>.</param>
/// <param name="Address">How the customer is addressed in Spanish: <c>usted</c> (default), <c>tú</c> or <c>vos</c>.</param>
public sealed record ParaphraseBody(string Text, string? Id = null, string? Lang = null, string? Address = null);

/// <summary>An agent's draft to review.</summary>
/// <param name="Text">The draft: at most 65,536 UTF-16 units.</param>
/// <param name="Id">Given back as it came.</param>
/// <param name="Lang">A hint that wins over detection: <c>es</c> or <c>en</c>.</param>
/// <param name="CustomerText">The customer's text that it answers.</param>
/// <param name="Kind"><c>reply</c> (default) or <c>farewell</c>.</param>
public sealed record DraftBody(string Text, string? Id = null, string? Lang = null, string? CustomerText = null, string? Kind = null);

/// <summary>Who acts. May be left out.</summary>
/// <param name="By">Who; <c>local</c> when left out.</param>
public sealed record ActorBody(string? By = null);

/// <summary>How an alert was settled. May be left out.</summary>
/// <param name="By">Who; <c>local</c> when left out.</param>
/// <param name="Note">What was done.</param>
public sealed record ResolutionBody(string? By = null, string? Note = null);
