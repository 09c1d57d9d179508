using System.Collections.Immutable;

namespace DeEscalationBot.Core.Coaching.DraftReview;

/// <summary>The rules that a judge of drafts decides on, by the part of a draft that breaks them. The order is that of a judge's verdicts.</summary>
public static class JudgedRules
{
    /// <summary>Broken by a sentence or a part of one.</summary>
    public static ImmutableArray<string> OfPassages { get; } =
    [
        "blame", "calm-down", "condescension", "defensive-justification", "dismissive", "empathy-but", "hostile-tone", "personal-attack",
        "policy-shield", "promise", "pushing-ahead", "reconsideration-opening", "should-statement", "written-liability",
    ];

    /// <summary>Broken by a draft as a whole: mostly by what is missing in it.</summary>
    public static ImmutableArray<string> OfWholeDrafts { get; } = ["generic-empathy", "untouched-template", "vague-reason"];

    /// <summary>Decided by the rules alone: what breaks them is seen, not understood, or known to the rules alone, or people do not agree about it.</summary>
    public static ImmutableArray<string> OfRulesAlone { get; } = ["asks-again", "no-next-step", "register-slip", "shouting"];

    /// <summary>All rules: of passages, of whole drafts, of rules alone.</summary>
    public static ImmutableArray<string> All { get; } = [.. OfPassages, .. OfWholeDrafts, .. OfRulesAlone];

    /// <summary>Whether a rule holds for a kind of draft: only a goodbye can be left ajar, be vague about its reason or be a template.</summary>
    /// <param name="rule">The rule, as the contract names it.</param>
    /// <param name="kind">What the draft is for.</param>
    public static bool AppliesTo(string rule, DraftKind kind) => rule switch
    {
        "reconsideration-opening" or "vague-reason" or "untouched-template" => kind == DraftKind.Farewell,
        _ => true,
    };
}
