using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Core.Cases;

/// <summary>What a person writes into a record or case.</summary>
public static class CaseText
{
    /// <summary>The longest text, in UTF-16 units: 20,000. Longer ones are refused, never cut.</summary>
    public const int MaxLength = 20_000;

    /// <summary>The longest id or name, in UTF-16 units: 200.</summary>
    public const int MaxIdLength = 200;

    /// <summary>Whether a text says something: at least one letter or digit, and not too long.</summary>
    /// <param name="text">The text.</param>
    public static bool IsLegal(string? text) => text is { Length: <= MaxLength } && text.Any(char.IsLetterOrDigit) && ReferenceEquals(MessageText.Mend(text), text);

    /// <summary>Whether a text may name something or somebody.</summary>
    /// <param name="id">The text.</param>
    public static bool IsId(string? id) => IdentifierRules.IsLegal(id, MaxIdLength);
}

/// <summary>Makes answers; what every decider checks stands here once.</summary>
internal static class Answer
{
    public static CaseAnswer<TEvent> Of<TEvent>(params IReadOnlyList<TEvent> events)
        where TEvent : CaseEvent => new(events, null);

    public static CaseAnswer<TEvent> No<TEvent>(CaseRule rule, string? subject = null)
        where TEvent : CaseEvent => new([], new CaseRefusal(rule, subject));

    public static DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    /// <summary>The first of several checks that does not hold.</summary>
    public static CaseRefusal? First(params ReadOnlySpan<(bool Holds, CaseRule Rule)> checks)
    {
        foreach (var (holds, rule) in checks)
        {
            if (!holds)
            {
                return new CaseRefusal(rule);
            }
        }

        return null;
    }

    public static CaseRefusal? Texts(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (!CaseText.IsLegal(text))
            {
                return new CaseRefusal(CaseRules.TextMissing);
            }
        }

        return null;
    }

    public static CaseRefusal? Ids(params ReadOnlySpan<string?> ids)
    {
        foreach (var id in ids)
        {
            if (!CaseText.IsId(id))
            {
                return new CaseRefusal(CaseRules.IdIllegal);
            }
        }

        return null;
    }

    public static CaseRefusal? Choice<T>(T value)
        where T : struct, Enum => Enum.IsDefined(value) ? null : new CaseRefusal(CaseRules.UnknownChoice, typeof(T).Name);
}
