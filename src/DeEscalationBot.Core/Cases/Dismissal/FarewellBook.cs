using DeEscalationBot.Core.Coaching;

namespace DeEscalationBot.Core.Cases.Dismissal;

/// <summary>How one reason is told to the customer (B7).</summary>
public sealed class FarewellReasonWords
{
    /// <summary>What follows on "because", with <c>{when}</c>, <c>{detail}</c>, <c>{hours}</c>, <c>{from}</c>, <c>{until}</c>. Says what happened, never what the person is.</summary>
    public required Wording Says { get; init; }

    /// <summary>What is asked of whoever writes, where the record alone is not specific enough; nothing when it is. Needed where there is a place for it.</summary>
    public string? Asks { get; init; }
}

/// <summary>The parts of a farewell that sound different by its tone.</summary>
public sealed class FarewellToneWords
{
    /// <summary>The decision, with <c>{end}</c>, the last day.</summary>
    public required Wording Decision { get; init; }

    /// <summary>What holds until then (B8).</summary>
    public required Wording Until { get; init; }

    /// <summary>Thanks and good wishes, or good wishes alone.</summary>
    public required Wording Wishes { get; init; }
}

/// <summary>The words of farewells (B7): <c>farewell.yaml</c> of each language.</summary>
public sealed class FarewellBook
{
    /// <summary>The subject, for a file's title.</summary>
    public required string Subject { get; init; }

    /// <summary>The salutation, with <c>{name}</c>.</summary>
    public required string Salutation { get; init; }

    /// <summary>What mattered in the relationship, with <c>{mattered}</c>; only in a cordial farewell.</summary>
    public required Wording Mattered { get; init; }

    /// <summary>The cordial tone.</summary>
    public required FarewellToneWords Cordial { get; init; }

    /// <summary>The severe tone: short and firm.</summary>
    public required FarewellToneWords Severe { get; init; }

    /// <summary>The sentence of the first reason, with <c>{reason}</c>.</summary>
    public required string Because { get; init; }

    /// <summary>The sentence of each further one.</summary>
    public required string AlsoBecause { get; init; }

    /// <summary>The reasons by id. Those that are not told are not there: what the team feels is ours to carry.</summary>
    public required IReadOnlyDictionary<string, FarewellReasonWords> Reasons { get; init; }

    /// <summary>More about a reason whose sentence has no place for it, with <c>{detail}</c>.</summary>
    public required string Detail { get; init; }

    /// <summary>That the customer knew, with <c>{warned}</c>.</summary>
    public required Wording Warned { get; init; }

    /// <summary>The closing gesture, with <c>{refund}</c>.</summary>
    public required Wording Refund { get; init; }

    /// <summary>Another provider, with <c>{provider}</c>.</summary>
    public required Wording Provider { get; init; }

    /// <summary>What is handed over, with <c>{documents}</c>.</summary>
    public required Wording Documents { get; init; }

    /// <summary>How to appeal, with <c>{days}</c> and <c>{contact}</c>. A procedure, no room for reconsidering.</summary>
    public required Wording Appeal { get; init; }

    /// <summary>One day, with <c>{day}</c>.</summary>
    public required string On { get; init; }

    /// <summary>Many days, with <c>{count}</c>, <c>{first}</c>, <c>{last}</c>.</summary>
    public required string Often { get; init; }

    /// <summary>What joins the last two of several.</summary>
    public required string And { get; init; }

    /// <summary>How a day is written, in .NET's format language.</summary>
    public required string DateFormat { get; init; }

    /// <summary>What is asked for each missing part.</summary>
    public required IReadOnlyDictionary<FarewellPart, string> Asks { get; init; }
}

/// <summary>What a farewell needs and only a person knows.</summary>
public enum FarewellPart
{
    /// <summary>How the customer is addressed.</summary>
    Name,

    /// <summary>What mattered in the relationship: the part that is true of this customer alone.</summary>
    Mattered,

    /// <summary>What exactly happened, for a reason that the record alone does not make specific.</summary>
    Detail,

    /// <summary>Who serves them better.</summary>
    OtherProvider,

    /// <summary>What is handed over.</summary>
    Documents,

    /// <summary>Where an appeal goes.</summary>
    AppealContact,

    /// <summary>Who signs.</summary>
    Signature,
}

/// <summary>What a person gives for a farewell. Nothing is made up: what is empty is asked for.</summary>
/// <param name="Name">How the customer is addressed.</param>
/// <param name="Mattered">What mattered, as it goes on after "we have valued".</param>
/// <param name="Details">More about a reason, by the reason's id: facts, in our words.</param>
/// <param name="OtherProvider">Who serves them better; left out when none is recommended.</param>
/// <param name="Documents">What is handed over, as it goes on after a colon.</param>
/// <param name="AppealContact">Where an appeal goes.</param>
/// <param name="Signature">Who signs.</param>
public sealed record FarewellFacts(
    string? Name = null,
    string? Mattered = null,
    IReadOnlyDictionary<string, string>? Details = null,
    string? OtherProvider = null,
    string? Documents = null,
    string? AppealContact = null,
    string? Signature = null);

/// <summary>A part of a farewell that is missing.</summary>
/// <param name="Part">Which.</param>
/// <param name="ReasonId">For which reason, when it is a detail.</param>
/// <param name="Asks">What to ask.</param>
public sealed record MissingFarewellPart(FarewellPart Part, string? ReasonId, string Asks);
