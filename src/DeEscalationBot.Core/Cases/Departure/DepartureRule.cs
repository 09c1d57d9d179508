namespace DeEscalationBot.Core.Cases.Departure;

/// <summary>Reasons for which a step of a departure is refused.</summary>
public static class DepartureRule
{
    /// <summary>Another departure of this customer is open.</summary>
    public static CaseRule OtherCaseOpen { get; } = new("departure.other-case-open", CaseRefusalCode.Conflict, "E1");

    /// <summary>The customer has left already.</summary>
    public static CaseRule CustomerGone { get; } = new("departure.customer-gone", CaseRefusalCode.Forbidden, "E1");

    /// <summary>The relationship was not evaluated.</summary>
    public static CaseRule NotEvaluated { get; } = new("departure.not-evaluated", CaseRefusalCode.MissingStep, "E1");

    /// <summary>Nobody has talked with the customer, or offered to.</summary>
    public static CaseRule NotTalked { get; } = new("departure.not-talked", CaseRefusalCode.MissingStep, "E2");

    /// <summary>A talk that took place has at least one motive; one that was declined has none.</summary>
    public static CaseRule MotivesUnclear { get; } = new("departure.motives-unclear", CaseRefusalCode.BadInput, "E2");

    /// <summary>The end is not agreed.</summary>
    public static CaseRule EndNotAgreed { get; } = new("departure.end-not-agreed", CaseRefusalCode.MissingStep, "E3");

    /// <summary>A payment has no date.</summary>
    public static CaseRule PaymentUndated { get; } = new("departure.payment-undated", CaseRefusalCode.MissingStep, "E3");

    /// <summary>A payment is due on the day of the end, or after it.</summary>
    public static CaseRule PaymentAfterEnd { get; } = new("departure.payment-after-end", CaseRefusalCode.Forbidden, "E3");

    /// <summary>The matrix is not filled.</summary>
    public static CaseRule MatrixMissing { get; } = new("departure.matrix-missing", CaseRefusalCode.MissingStep, "E4");

    /// <summary>The matrix has one row for each motive that was stated, and no other.</summary>
    public static CaseRule MatrixNotOfMotives { get; } = new("departure.matrix-not-of-motives", CaseRefusalCode.BadInput, "E4");

    /// <summary>The warning about lowering prices was not read.</summary>
    public static CaseRule PriceWarningUnread { get; } = new("departure.price-warning-unread", CaseRefusalCode.MissingStep, "E4");

    /// <summary>The list of what is handed over lacks the customer's own data or the final report.</summary>
    public static CaseRule HandoverIncomplete { get; } = new("departure.handover-incomplete", CaseRefusalCode.MissingStep, "E5");

    /// <summary>An item is not handed over yet.</summary>
    public static CaseRule HandoverOpen { get; } = new("departure.handover-open", CaseRefusalCode.MissingStep, "E5");

    /// <summary>Deliverables follow the last payment. The customer's own data does not wait.</summary>
    public static CaseRule BeforeLastPayment { get; } = new("departure.before-last-payment", CaseRefusalCode.MissingStep, "E7");

    /// <summary>The customer's own data, and the final report, are never withheld.</summary>
    public static CaseRule NeverWithheld { get; } = new("departure.never-withheld", CaseRefusalCode.Forbidden, "E7");

    /// <summary>The final report has no figures.</summary>
    public static CaseRule ReportWithoutFigures { get; } = new("departure.report-without-figures", CaseRefusalCode.MissingStep, "E5");

    /// <summary>No testimonial is asked of somebody who leaves because of our quality, or who has not said why.</summary>
    public static CaseRule TestimonialNotAsked { get; } = new("departure.testimonial-not-asked", CaseRefusalCode.Forbidden, "E6");

    /// <summary>The survey was not offered.</summary>
    public static CaseRule SurveyNotOffered { get; } = new("departure.survey-not-offered", CaseRefusalCode.MissingStep, "E6");

    /// <summary>The survey needs a web address that begins with https.</summary>
    public static CaseRule SurveyLinkIllegal { get; } = new("departure.survey-link-illegal", CaseRefusalCode.BadInput, "E6");

    /// <summary>A score is 0 to 10.</summary>
    public static CaseRule ScoreIllegal { get; } = new("departure.score-illegal", CaseRefusalCode.BadInput, "E6");

    /// <summary>A commitment of either side is open.</summary>
    public static CaseRule CommitmentOpen { get; } = new("departure.commitment-open", CaseRefusalCode.MissingStep, "E7");

    /// <summary>The customer has not said that the keys work.</summary>
    public static CaseRule KeysNotVerified { get; } = new("departure.keys-not-verified", CaseRefusalCode.MissingStep, "E7");

    /// <summary>The customer has not changed the keys.</summary>
    public static CaseRule KeysNotChanged { get; } = new("departure.keys-not-changed", CaseRefusalCode.MissingStep, "E7");

    /// <summary>Our access is not revoked.</summary>
    public static CaseRule AccessNotRevoked { get; } = new("departure.access-not-revoked", CaseRefusalCode.MissingStep, "E7");

    /// <summary>The end has not come yet.</summary>
    public static CaseRule EndNotReached { get; } = new("departure.end-not-reached", CaseRefusalCode.MissingStep, "E7");

    /// <summary>Improvements follow a departure that is closed.</summary>
    public static CaseRule NotLeft { get; } = new("departure.not-left", CaseRefusalCode.WrongStage, "E8");

    /// <summary>An improvement is due today or later.</summary>
    public static CaseRule DueInPast { get; } = new("departure.due-in-past", CaseRefusalCode.BadInput, "E8");
}
