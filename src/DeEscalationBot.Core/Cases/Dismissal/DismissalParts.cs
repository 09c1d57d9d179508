using System.Security.Cryptography;
using System.Text;
using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Core.Cases.Dismissal;

/// <summary>Where a dismissal case is. The order is the order of the steps; none can be skipped.</summary>
public enum DismissalStage
{
    /// <summary>Nothing happened yet.</summary>
    New,

    /// <summary>Bad or demanding, and the customer's concerns (B1).</summary>
    Concerns,

    /// <summary>Reasons with evidence (B2).</summary>
    Reasons,

    /// <summary>Dossier and comments (B3).</summary>
    Dossier,

    /// <summary>What else could make it work (B4).</summary>
    Options,

    /// <summary>The money (B5).</summary>
    Money,

    /// <summary>The decision (B4).</summary>
    Decision,

    /// <summary>Who tells the customer, and how (B6).</summary>
    Telling,

    /// <summary>The message (B7).</summary>
    Message,

    /// <summary>The customer knows; obligations, appeal, end (B7, B8).</summary>
    Ending,

    /// <summary>Closed; <see cref="DismissalCase.Outcome"/> says how.</summary>
    Closed,
}

/// <summary>How a case ended.</summary>
public enum DismissalOutcome
{
    /// <summary>The customer was dismissed.</summary>
    Dismissed,

    /// <summary>The customer stays.</summary>
    Kept,

    /// <summary>The customer had been told, and the dismissal was undone.</summary>
    Undone,

    /// <summary>The customer was erased before it ended.</summary>
    Erased,
}

/// <summary>The first question of every case (B1).</summary>
public enum CustomerAssessment
{
    /// <summary>Asks a lot. That is no ground for a dismissal.</summary>
    Demanding,

    /// <summary>The relationship does harm that the customer does not stop.</summary>
    Bad,
}

/// <summary>How somebody speaks with the customer; the more personal first (B6).</summary>
public enum FarewellChannel
{
    /// <summary>Face to face.</summary>
    InPerson,

    /// <summary>By video.</summary>
    Video,

    /// <summary>By phone.</summary>
    Phone,

    /// <summary>By e-mail.</summary>
    Email,

    /// <summary>By chat.</summary>
    Chat,
}

/// <summary>A warning that the customer was given before (B9).</summary>
/// <param name="ReasonId">What it was about.</param>
/// <param name="GivenAt">When it was given.</param>
/// <param name="Channel">How.</param>
/// <param name="Text">What was said, verbatim.</param>
public sealed record CustomerWarning(string ReasonId, DateTimeOffset GivenAt, FarewellChannel Channel, string Text);

/// <summary>A reason on a case, with its evidence.</summary>
/// <param name="ReasonId">The reason.</param>
/// <param name="Evidence">What shows it.</param>
public sealed record ReasonOnCase(string ReasonId, System.Collections.Immutable.ImmutableList<Evidence> Evidence);

/// <summary>A comment that was asked for.</summary>
/// <param name="Person">Who was asked.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Text">The comment, or nothing yet.</param>
/// <param name="GivenAt">When it was given, or nothing yet.</param>
public sealed record CommentRequest(string Person, DateTimeOffset AskedAt, string? Text = null, DateTimeOffset? GivenAt = null);

/// <summary>What was told of a complaint.</summary>
/// <param name="ComplaintId">The complaint.</param>
/// <param name="WhatWasTried">What the team tried.</param>
/// <param name="IsOurUnsolvedFailure">Whether it is a fault of ours that is not solved.</param>
public sealed record ToldComplaint(string ComplaintId, string WhatWasTried, bool IsOurUnsolvedFailure);

/// <summary>What came of an option.</summary>
public enum OptionResult
{
    /// <summary>Nobody has tried it: the case waits.</summary>
    Untried,

    /// <summary>It was tried and did not help.</summary>
    TriedInVain,

    /// <summary>It cannot be done; the note says why.</summary>
    NotFeasible,

    /// <summary>The customer declined it.</summary>
    Declined,
}

/// <summary>Something that could make the relationship work (B4).</summary>
/// <param name="Text">What.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Note">More about it: what happened, or why not.</param>
public sealed record WorkingOption(string Text, OptionResult Result, string Note);

/// <summary>The written answer to "what else could make it work?" (B4).</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Options">The options.</param>
public sealed record OptionsAnswer(string Answer, IReadOnlyList<WorkingOption> Options);

/// <summary>The money of a dismissal (B5), over one period.</summary>
/// <param name="From">The first day of the period.</param>
/// <param name="Until">The last day.</param>
/// <param name="Revenue">What the customer paid.</param>
/// <param name="Contact">The time that we spent with them.</param>
/// <param name="CostToServe">That time at the hourly cost.</param>
/// <param name="Refund">The closing gesture.</param>
/// <param name="Margin">What the customer brought: revenue less cost.</param>
/// <param name="NetOfEnding">What a next period like this one brings without them: cost saved, less revenue lost, less the refund.</param>
/// <param name="ContractValue">The value that decides who takes part: that of the contract or of the revenue, whichever is more.</param>
public sealed record DismissalMoney(
    DateOnly From,
    DateOnly Until,
    Money Revenue,
    TimeSpan Contact,
    Money CostToServe,
    Money Refund,
    Money Margin,
    Money NetOfEnding,
    Money ContractValue);

/// <summary>Legal advice.</summary>
/// <param name="Adviser">Who gave it.</param>
/// <param name="Text">The advice.</param>
public sealed record LegalNote(string Adviser, string Text);

/// <summary>A decision maker's agreement.</summary>
/// <param name="Person">Who.</param>
/// <param name="Role">Their role.</param>
/// <param name="WasInvolved">Whether they had dealt with the customer or prepared the case.</param>
/// <param name="At">When.</param>
/// <param name="Grounds">Why.</param>
public sealed record Agreement(string Person, CaseRole Role, bool WasInvolved, DateTimeOffset At, string Grounds);

/// <summary>Who tells the customer, how, and what follows (B6, B7).</summary>
/// <param name="Teller">Who tells them.</param>
/// <param name="TellerRole">Their role.</param>
/// <param name="Channel">How.</param>
/// <param name="WhyInWriting">Why no call is possible; needed for e-mail and chat.</param>
/// <param name="EndsOn">The last day of the relationship.</param>
/// <param name="SecondReader">Who reads an appeal: nobody who took part in the case.</param>
public sealed record TellingPlan(string Teller, CaseRole TellerRole, FarewellChannel Channel, string? WhyInWriting, DateOnly EndsOn, string SecondReader);

/// <summary>The message that ends the relationship (B7).</summary>
/// <param name="Text">The text.</param>
/// <param name="Language">Its language.</param>
/// <param name="Hash">The hash of exactly this text.</param>
/// <param name="BrokenRules">The rules of the farewell that it breaks; none before it can be approved.</param>
/// <param name="WrittenBy">Who wrote it.</param>
/// <param name="ApprovedBy">Who approved it, or nothing.</param>
public sealed record FarewellMessage(string Text, MessageLanguage Language, string Hash, IReadOnlyList<string> BrokenRules, string WrittenBy, string? ApprovedBy = null)
{
    /// <summary>The hash of a text: SHA-256 of its UTF-8 bytes, in lower-case hexadecimal digits. Any change changes it.</summary>
    /// <param name="text">The text.</param>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>The customer's appeal.</summary>
/// <param name="Text">Verbatim.</param>
/// <param name="LodgedAt">When.</param>
/// <param name="IsUpheld">Whether the dismissal stands; nothing until it is decided.</param>
/// <param name="Grounds">Why; nothing until it is decided.</param>
public sealed record Appeal(string Text, DateTimeOffset LodgedAt, bool? IsUpheld = null, string? Grounds = null);

/// <summary>Reads a farewell by the rules of B7.</summary>
public interface IFarewellReader
{
    /// <summary>The rules that a text breaks, by their ids in the contract, for instance <c>vague-reason</c>. None when it is clean.</summary>
    /// <param name="text">The text.</param>
    /// <param name="language">Its language.</param>
    IReadOnlyList<string> BrokenRules(string text, MessageLanguage language);
}
