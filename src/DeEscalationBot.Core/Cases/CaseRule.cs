using System.Reflection;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;

namespace DeEscalationBot.Core.Cases;

/// <summary>What kind of refusal it is; what the caller can do about it follows from that.</summary>
public enum CaseRefusalCode
{
    /// <summary>What was given is incomplete, contradictory or out of range: correct it.</summary>
    BadInput,

    /// <summary>This person may not do it: somebody else has to.</summary>
    NotPermitted,

    /// <summary>The case is not at this point: do the steps before it, or it is past.</summary>
    WrongStage,

    /// <summary>A step that comes first is missing: do that one.</summary>
    MissingStep,

    /// <summary>Somebody was here before: look at the case again.</summary>
    Conflict,

    /// <summary>The playbook says no, whatever is added.</summary>
    Forbidden,
}

/// <summary>A reason for a refusal. Pages put it into words by its id, in Spanish and English.</summary>
/// <param name="Id">Names it, for instance <c>dismissal.evidence.our-failure</c>. Never changed once released.</param>
/// <param name="Code">What kind of refusal it leads to.</param>
/// <param name="Playbook">The practice behind it, for instance <c>B2</c>.</param>
public sealed record CaseRule(string Id, CaseRefusalCode Code, string Playbook);

/// <summary>The catalogue of reasons.</summary>
public static class CaseRuleCatalogue
{
    /// <summary>Every reason there is, by id, so that a test can ask for the words of each.</summary>
    public static IReadOnlyList<CaseRule> All { get; } =
    [
        .. new[] { typeof(CaseRules), typeof(CustomerRule), typeof(DismissalRule), typeof(DepartureRule) }
            .SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Static))
            .Select(p => (CaseRule)p.GetValue(null)!)
            .OrderBy(r => r.Id, StringComparer.Ordinal),
    ];
}

/// <summary>The reasons that all records and cases share.</summary>
public static class CaseRules
{
    /// <summary>A text is missing, too long, or holds nothing that can be read.</summary>
    public static CaseRule TextMissing { get; } = new("case.text-missing", CaseRefusalCode.BadInput, "B9");

    /// <summary>An id is missing, too long or has characters that are not allowed.</summary>
    public static CaseRule IdIllegal { get; } = new("case.id-illegal", CaseRefusalCode.BadInput, "B9");

    /// <summary>A choice is none of those that there are.</summary>
    public static CaseRule UnknownChoice { get; } = new("case.unknown-choice", CaseRefusalCode.BadInput, "B9");

    /// <summary>This is not for a person of this role.</summary>
    public static CaseRule NotPermitted { get; } = new("case.not-permitted", CaseRefusalCode.NotPermitted, "B4");

    /// <summary>What is named is not in the record.</summary>
    public static CaseRule NotFound { get; } = new("case.not-found", CaseRefusalCode.BadInput, "B9");

    /// <summary>It lies in the future, but is told as if it had happened.</summary>
    public static CaseRule DateInFuture { get; } = new("case.date-in-future", CaseRefusalCode.BadInput, "B9");

    /// <summary>It lies before the contract began, or before the customer came.</summary>
    public static CaseRule DateBeforeContract { get; } = new("case.date-before-contract", CaseRefusalCode.BadInput, "E3");

    /// <summary>The currency is not the customer's: currencies are never mixed.</summary>
    public static CaseRule MixedCurrencies { get; } = new("case.mixed-currencies", CaseRefusalCode.BadInput, "B5");

    /// <summary>The amount is negative or zero where it cannot be.</summary>
    public static CaseRule AmountIllegal { get; } = new("case.amount-illegal", CaseRefusalCode.BadInput, "B5");

    /// <summary>The customer was erased; nothing is added about them.</summary>
    public static CaseRule CustomerErased { get; } = new("case.customer-erased", CaseRefusalCode.Forbidden, "B9");

    /// <summary>The record that was handed in belongs to another customer.</summary>
    public static CaseRule OtherCustomer { get; } = new("case.other-customer", CaseRefusalCode.BadInput, "B3");

    /// <summary>The case has begun already.</summary>
    public static CaseRule AlreadyOpen { get; } = new("case.already-open", CaseRefusalCode.Conflict, "B1");

    /// <summary>The case is at another point.</summary>
    public static CaseRule WrongStage { get; } = new("case.wrong-stage", CaseRefusalCode.WrongStage, "B1");

    /// <summary>The case is closed.</summary>
    public static CaseRule Closed { get; } = new("case.closed", CaseRefusalCode.WrongStage, "B1");

    /// <summary>It was done already.</summary>
    public static CaseRule AlreadyDone { get; } = new("case.already-done", CaseRefusalCode.Conflict, "B9");
}

/// <summary>Why a command was refused.</summary>
/// <param name="Rule">The reason.</param>
/// <param name="Subject">What it is about (an id, a person, a setting), or nothing. Never a customer's words.</param>
public sealed record CaseRefusal(CaseRule Rule, string? Subject = null);

/// <summary>What a command leads to: events, or a refusal. Nothing at all when it was done before and changes nothing.</summary>
/// <typeparam name="TEvent">The events of the record.</typeparam>
/// <param name="Events">The events to be recorded, in order.</param>
/// <param name="Refusal">Why it was refused, or nothing.</param>
public sealed record CaseAnswer<TEvent>(IReadOnlyList<TEvent> Events, CaseRefusal? Refusal)
    where TEvent : CaseEvent;
