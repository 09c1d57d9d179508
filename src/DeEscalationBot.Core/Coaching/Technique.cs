namespace DeEscalationBot.Core.Coaching;

/// <summary>The situations in which the coach has something to propose, most pressing first: the order in which they are tried.</summary>
public enum CoachingSituation
{
    /// <summary>Plan, means or a goodbye; a life in danger (T11).</summary>
    Crisis,

    /// <summary>Words that may mean despair: a humane question first (T11).</summary>
    CrisisCheck,

    /// <summary>A danger from the product or service (T11).</summary>
    Hazard,

    /// <summary>Threats or blackmail: a limit, and the manager (A11).</summary>
    ThreatBoundary,

    /// <summary>Abuse: a limit, and the manager (A11).</summary>
    AbuseBoundary,

    /// <summary>A child writes: no selling, no retention; a grown-up (A7).</summary>
    Minor,

    /// <summary>Fraud or a stolen account: secure first (A4).</summary>
    SecureAccount,

    /// <summary>Bereavement, illness, lost job: softly (A1).</summary>
    Hardship,

    /// <summary>Wants a person: is one (A1).</summary>
    HumanHere,

    /// <summary>Asks for a manager, or nothing on offer helps: a pause to consult (A6).</summary>
    ConsultManager,

    /// <summary>A confrontation that writing does not calm: offer the phone (A7).</summary>
    OfferPhone,

    /// <summary>Distrust: find the source of the doubt (A2).</summary>
    Doubt,

    /// <summary>Wants to leave: ask what led there, without holding back (E2).</summary>
    Leaving,

    /// <summary>Early signs: ask openly before it grows (A8).</summary>
    EarlySigns,

    /// <summary>Facts and feeling to say back (A1).</summary>
    SayBack,

    /// <summary>Several problems at once: one after the other (A5).</summary>
    Chunk,

    /// <summary>A real effect on the customer: the three-part holding reply (A4).</summary>
    Hold,

    /// <summary>A deadline: a reason and a date (A12).</summary>
    Deadline,

    /// <summary>Anger: name it, thank for it, look for a solution (A6).</summary>
    NameAnger,

    /// <summary>Displeasure without facts: ask from the beginning (A3).</summary>
    StartFresh,
}

/// <summary>One way to say something, in each address form. English files fill <see cref="Usted"/> only.</summary>
public sealed class Wording
{
    /// <summary>With usted; the English words in the English file.</summary>
    public required string Usted { get; init; }

    /// <summary>With tú; the usted form when missing.</summary>
    public string? Tu { get; init; }

    /// <summary>With vos; the tú form when missing.</summary>
    public string? Vos { get; init; }

    /// <summary>The words in one form.</summary>
    /// <param name="form">The form.</param>
    public string In(AddressForm form) => form switch
    {
        AddressForm.Usted => Usted,
        AddressForm.Tu => Tu ?? Usted,
        AddressForm.Vos => Vos ?? Tu ?? Usted,
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, null),
    };
}

/// <summary>What the coach says in one situation, as in <c>prompts/playbook/{language}/techniques.yaml</c>.</summary>
public sealed class TechniqueEntry
{
    /// <summary>When.</summary>
    public required CoachingSituation Situation { get; init; }

    /// <summary>The playbook id that is shown and recorded.</summary>
    public required string Playbook { get; init; }

    /// <summary>What the agent is asked to do: two to five words.</summary>
    public required string Title { get; init; }

    /// <summary>Why this, now: one sentence.</summary>
    public required string Why { get; init; }

    /// <summary>Several ways to say it. Empty only for <see cref="CoachingSituation.SayBack"/>, whose words are the paraphrase.</summary>
    public IReadOnlyList<Wording> Say { get; init; } = [];
}

/// <summary>The techniques of one language.</summary>
public sealed class TechniqueBook
{
    /// <summary>Phrases by which a customer enumerates several problems.</summary>
    public IReadOnlyList<string> SeveralProblems { get; init; } = [];

    /// <summary>One entry per situation.</summary>
    public required IReadOnlyList<TechniqueEntry> Techniques { get; init; }
}
