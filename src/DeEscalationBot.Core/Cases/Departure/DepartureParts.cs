namespace DeEscalationBot.Core.Cases.Departure;

/// <summary>Where a departure is. The order is the order of the steps; none can be skipped.</summary>
public enum DepartureStage
{
    /// <summary>Nothing happened yet.</summary>
    New,

    /// <summary>A first look at the relationship, assuming nothing (E1).</summary>
    Evaluation,

    /// <summary>The exit conversation (E2).</summary>
    ExitConversation,

    /// <summary>End and payments (E3).</summary>
    Terms,

    /// <summary>The matrix of motives (E4).</summary>
    Matrix,

    /// <summary>Handing over (E5), testimonial and survey (E6).</summary>
    Handover,

    /// <summary>Keys, access, commitments (E7).</summary>
    Closing,

    /// <summary>Closed; <see cref="DepartureCase.Outcome"/> says how. After a departure the improvements follow (E8).</summary>
    Closed,
}

/// <summary>How a departure ended.</summary>
public enum DepartureOutcome
{
    /// <summary>The customer left.</summary>
    Left,

    /// <summary>The customer stays.</summary>
    Stayed,

    /// <summary>The customer was erased.</summary>
    Erased,
}

/// <summary>An answer of the first evaluation (E1). Nothing is assumed: "unknown" is an answer.</summary>
public enum RelationAnswer
{
    /// <summary>Nobody knows.</summary>
    Unknown,

    /// <summary>Yes.</summary>
    Yes,

    /// <summary>In part.</summary>
    Partly,

    /// <summary>No.</summary>
    No,
}

/// <summary>The first evaluation (E1).</summary>
/// <param name="WasFruitful">Whether the relationship bore fruit.</param>
/// <param name="HadSetbacks">Whether there were setbacks.</param>
/// <param name="WeKeptCommitments">Whether we kept what we promised.</param>
/// <param name="TheyKeptCommitments">Whether they did.</param>
/// <param name="Notes">What the record shows.</param>
public sealed record RelationEvaluation(RelationAnswer WasFruitful, RelationAnswer HadSetbacks, RelationAnswer WeKeptCommitments, RelationAnswer TheyKeptCommitments, string Notes);

/// <summary>How the exit conversation went (E2).</summary>
public enum ExitTalk
{
    /// <summary>Face to face, informally.</summary>
    InPerson,

    /// <summary>By video or phone.</summary>
    Remote,

    /// <summary>In writing.</summary>
    InWriting,

    /// <summary>The customer did not want one. No motive is made up for them.</summary>
    Declined,
}

/// <summary>Why a customer leaves (E2).</summary>
public enum DepartureMotive
{
    /// <summary>How we served and accompanied them.</summary>
    ServiceQuality,

    /// <summary>What we delivered.</summary>
    ProductQuality,

    /// <summary>The price is too high for what they get.</summary>
    PriceAgainstValue,

    /// <summary>Somebody else is cheaper.</summary>
    CheaperCompetitor,

    /// <summary>It is no longer within what they can spend.</summary>
    NoBudget,

    /// <summary>They need something else now, or nothing.</summary>
    ChangedNeeds,

    /// <summary>Their values are not ours.</summary>
    DifferentValues,
}

/// <summary>A motive, in the customer's words.</summary>
/// <param name="Motive">Which.</param>
/// <param name="Words">Verbatim.</param>
public sealed record StatedMotive(DepartureMotive Motive, string Words);

/// <summary>Whose doing a motive is (E4).</summary>
public enum MotiveResponsibility
{
    /// <summary>Ours.</summary>
    Ours,

    /// <summary>Outside of what we can control.</summary>
    OutsideControl,

    /// <summary>In part ours.</summary>
    Shared,
}

/// <summary>What could be renegotiated (E4).</summary>
public enum Renegotiation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>What is offered, its scope or its terms.</summary>
    Offer,

    /// <summary>A lower price. The document warns against it: it loses money and reputation.</summary>
    LowerPrice,
}

/// <summary>A row of the matrix of motives (E4).</summary>
/// <param name="Motive">The motive.</param>
/// <param name="Responsibility">Whose doing it is.</param>
/// <param name="Renegotiation">What could be renegotiated.</param>
/// <param name="Note">What else can be done, so that it ends well.</param>
/// <param name="IsPriceWarningRead">Whether the warning about lowering prices was read; needed for a lower price.</param>
public sealed record MotiveRow(DepartureMotive Motive, MotiveResponsibility Responsibility, Renegotiation Renegotiation, string Note, bool IsPriceWarningRead = false)
{
    /// <summary>Whether the warning about lowering prices belongs to this row.</summary>
    public bool HasPriceWarning => Motive is DepartureMotive.PriceAgainstValue or DepartureMotive.CheaperCompetitor or DepartureMotive.NoBudget || Renegotiation == Renegotiation.LowerPrice;
}

/// <summary>What kind of thing is handed over (E5).</summary>
public enum HandoverKind
{
    /// <summary>The customer's own data: never withheld, whatever is unpaid.</summary>
    OwnData,

    /// <summary>Files and other deliverables: after the last payment.</summary>
    Files,

    /// <summary>The final report, with figures.</summary>
    FinalReport,

    /// <summary>Credentials, through a password manager where the customer can use one.</summary>
    Credentials,

    /// <summary>The role of administrator, to whoever the customer names.</summary>
    Administrator,
}

/// <summary>An item of the handover (E5).</summary>
/// <param name="Id">Names it within the case.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">In words; for an administrator the platform.</param>
/// <param name="DoneAt">When it was handed over, or nothing.</param>
/// <param name="How">How: to whom, by what means.</param>
public sealed record HandoverItem(string Id, HandoverKind Kind, string Text, DateTimeOffset? DoneAt = null, string? How = null);

/// <summary>A figure of the final report.</summary>
/// <param name="Name">What was counted.</param>
/// <param name="Value">How much.</param>
/// <param name="Unit">The unit, or empty for a plain number.</param>
public sealed record ReportFigure(string Name, decimal Value, string Unit);

/// <summary>An answer of the satisfaction survey (E6).</summary>
/// <param name="Score">0 (not at all) to 10 (very).</param>
/// <param name="Text">In words, or nothing.</param>
public sealed record SurveyAnswer(int Score, string? Text);

/// <summary>Something to be improved (E8).</summary>
/// <param name="Id">Names it within the case.</param>
/// <param name="Text">What.</param>
/// <param name="Owner">Who does it.</param>
/// <param name="DueOn">By when.</param>
/// <param name="DoneAt">When it was done, or nothing.</param>
public sealed record ImprovementAction(string Id, string Text, string Owner, DateOnly DueOn, DateTimeOffset? DoneAt = null);

/// <summary>Whether it was a customer of the kind that we want (E9, B11).</summary>
public enum CustomerFit
{
    /// <summary>Of the kind that we want.</summary>
    Ideal,

    /// <summary>Neither.</summary>
    Neutral,

    /// <summary>Not of the kind that we want.</summary>
    NotIdeal,
}
