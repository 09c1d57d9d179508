namespace DeEscalationBot.Host.Channels.Http;

// The bodies as OpenAPI describes them. They are read field by field, so that each problem gets its sentence: see FieldReader.

/// <summary>A message of a conversation.</summary>
/// <param name="Id">The message's id within its conversation. A repeated id changes nothing and is answered with the first outcome.</param>
/// <param name="Speaker"><c>customer</c> or <c>agent</c>.</param>
/// <param name="Text">The text: at most 65,536 UTF-16 units, and more than white space.</param>
/// <param name="Lang">A hint that wins over detection: <c>es</c> or <c>en</c>.</param>
/// <param name="At">When it was written (ISO 8601); now when left out.</param>
/// <param name="CustomerId">The customer as the desk knows them.</param>
/// <param name="AgentId">The agent as the desk knows them: the conversation is theirs from then on.</param>
/// <param name="Team">The team that has the conversation from then on; <c>default</c> until one is named.</param>
public sealed record MessageBody(
    string Id, string Speaker, string Text, string? Lang = null, DateTimeOffset? At = null, string? CustomerId = null, string? AgentId = null, string? Team = null);

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

/// <summary>Asks for a text in a conversation.</summary>
/// <param name="Kind"><c>paraphrase</c>, <c>rewriteDraft</c>, <c>nextReply</c>, <c>handoverSummary</c> or <c>apologyLetter</c>.</param>
/// <param name="Draft">The agent's draft; needed for <c>rewriteDraft</c>.</param>
/// <param name="Address">How the customer is addressed in Spanish: <c>usted</c>, <c>tú</c> or <c>vos</c>; as configured when left out.</param>
/// <param name="Problem">For a letter: what went wrong, as the company says it.</param>
/// <param name="Actions">For a letter: what is done about it, confirmed by a person.</param>
/// <param name="ResultsBy">For a letter: the date by which results show, confirmed by a person.</param>
/// <param name="Contact">For a letter: whom the customer can turn to.</param>
public sealed record TextBody(
    string Kind, string? Draft = null, string? Address = null, string? Problem = null, string? Actions = null, string? ResultsBy = null, string? Contact = null);

/// <summary>Who acts. May be left out.</summary>
/// <param name="By">Who; <c>local</c> when left out.</param>
public sealed record ActorBody(string? By = null);

/// <summary>What somebody does with an alert. May be left out where no words are needed.</summary>
/// <param name="By">Who; <c>local</c> when left out. <c>who</c> means the same.</param>
/// <param name="Text">Their words. <c>note</c> means the same.</param>
public sealed record AlertMoveBody(string? By = null, string? Text = null);

/// <summary>Why an alert is dismissed.</summary>
/// <param name="Reason"><c>falseAlarm</c>, <c>notUrgent</c>, <c>agentHadIt</c>, <c>duplicate</c>, <c>test</c> or <c>other</c>; other words count as <c>other</c> with these words.</param>
/// <param name="By">Who; <c>local</c> when left out. <c>who</c> means the same.</param>
/// <param name="Text">More about it. <c>note</c> means the same.</param>
public sealed record DismissalBody(string? Reason = null, string? By = null, string? Text = null);

/// <summary>A shift of a person on a rung of the ladder.</summary>
/// <param name="Person">Who.</param>
/// <param name="From">From when (ISO 8601).</param>
/// <param name="Until">Until when (ISO 8601).</param>
/// <param name="Rung">The rung, from 0; 0 when left out.</param>
/// <param name="Email">Where e-mail reaches them.</param>
public sealed record DutyShiftBody(string Person, DateTimeOffset From, DateTimeOffset Until, int Rung = 0, string? Email = null);

/// <summary>A promise to come back to the customer (A12).</summary>
/// <param name="Reason">Why it cannot be solved now; one line.</param>
/// <param name="PromisedFor">By when the customer hears of us (ISO 8601).</param>
/// <param name="RemindMinutesBefore">When the agent is reminded; what the settings say when left out.</param>
/// <param name="By">Who promises.</param>
public sealed record FollowUpBody(string Reason, DateTimeOffset PromisedFor, int? RemindMinutesBefore = null, string? By = null);

/// <summary>Another date for a follow-up.</summary>
/// <param name="PromisedFor">By when the customer hears of us (ISO 8601).</param>
/// <param name="Reason">Why it takes longer; the reason stays when left out.</param>
/// <param name="RemindMinutesBefore">When the agent is reminded; what the settings say when left out.</param>
/// <param name="By">Who moves it.</param>
public sealed record FollowUpMoveBody(DateTimeOffset PromisedFor, string? Reason = null, int? RemindMinutesBefore = null, string? By = null);

/// <summary>Something given of the goodwill allowance (B12).</summary>
/// <param name="Id">Names the click: the same one again gives nothing more.</param>
/// <param name="Amount">How much, in the currency of the settings.</param>
/// <param name="Reason">What it is for; one line.</param>
/// <param name="By">Who gives it.</param>
public sealed record GoodwillBody(string Id, decimal Amount, string Reason, string? By = null);

/// <summary>A customer to be entered.</summary>
/// <param name="Id">The customer as messages name them in <c>customerId</c>.</param>
/// <param name="Name">Their name.</param>
/// <param name="Since">The day they became a customer.</param>
/// <param name="Team">The team whose supervisors run their cases; the caller's own when left out.</param>
public sealed record CustomerBody(string Id, string Name, DateOnly Since, string? Team = null);

/// <summary>Sets a proposal aside.</summary>
/// <param name="Kind">What was proposed.</param>
/// <param name="ConversationId">By which conversation.</param>
/// <param name="Why">Why there is nothing to do.</param>
public sealed record SetAsideBody(Core.Cases.CaseProposalKind Kind, string ConversationId, string Why);
