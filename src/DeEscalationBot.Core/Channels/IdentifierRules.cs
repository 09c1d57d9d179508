namespace DeEscalationBot.Core.Channels;

/// <summary>What every identifier that comes from outside has to obey.</summary>
public static class IdentifierRules
{
    /// <summary>Whether a value may name something.</summary>
    /// <param name="value">The value as it came in.</param>
    /// <param name="maxLength">The longest legal value, in UTF-16 units.</param>
    public static bool IsLegal(string? value, int maxLength)
    {
        if (string.IsNullOrEmpty(value) || value.Length > maxLength || char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1]))
        {
            return false;
        }

        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsControl(value[i]))
            {
                return false;
            }

            if (char.IsSurrogate(value[i]))
            {
                if (i + 1 == value.Length || !char.IsSurrogatePair(value[i], value[i + 1]))
                {
                    return false;
                }

                i++;
            }
        }

        return true;
    }

    /// <summary>The sentence that tells a caller what a legal value looks like.</summary>
    /// <param name="what">The name of the field, for instance "message id".</param>
    /// <param name="maxLength">The longest legal value, in UTF-16 units.</param>
    public static string Explain(string what, int maxLength) =>
        $"The {what} must have 1 to {maxLength} characters, without control characters, broken surrogates, or white space at either end.";
}
