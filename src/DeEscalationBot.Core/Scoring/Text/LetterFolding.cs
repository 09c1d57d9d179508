using System.Text;

namespace DeEscalationBot.Core.Scoring.Text;

/// <summary>Reads a letter as the plain Latin letter that a person sees.</summary>
internal static class LetterFolding
{
    private static readonly string[] Latin = BuildLatin();

    // Letters of other scripts that are drawn like Latin ones: Cyrillic, Greek.
    private static readonly Dictionary<char, string> LookAlikes = new()
    {
        ['а'] = "a",
        ['е'] = "e",
        ['о'] = "o",
        ['р'] = "p",
        ['с'] = "c",
        ['х'] = "x",
        ['у'] = "y",
        ['і'] = "i",
        ['ѕ'] = "s",
        ['ј'] = "j",
        ['т'] = "t",
        ['м'] = "m",
        ['н'] = "h",
        ['к'] = "k",
        ['в'] = "b",
        ['α'] = "a",
        ['ο'] = "o",
        ['ε'] = "e",
        ['ι'] = "i",
        ['ν'] = "v",
        ['ρ'] = "p",
        ['τ'] = "t",
        ['υ'] = "u",
    };

    public static ReadOnlySpan<char> Fold(char c) => c < Latin.Length ? Latin[c] : FoldRare(c);

    private static string[] BuildLatin()
    {
        var table = new string[0x250];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = Decompose((char)i);
        }

        return table;
    }

    private static string FoldRare(char c)
    {
        var lower = char.ToLowerInvariant(c);
        return LookAlikes.TryGetValue(lower, out var latin) ? latin : Decompose(lower);
    }

    private static string Decompose(char c)
    {
        if (char.IsSurrogate(c))
        {
            return c.ToString();
        }

        var decomposed = char.ToLowerInvariant(c).ToString().Normalize(NormalizationForm.FormKD);
        var kept = new StringBuilder(decomposed.Length);
        foreach (var part in decomposed)
        {
            if (System.Globalization.CharUnicodeInfo.GetUnicodeCategory(part) != System.Globalization.UnicodeCategory.NonSpacingMark)
            {
                kept.Append(char.ToLowerInvariant(part));
            }
        }

        // A fold never grows a word by more than its own length: ligatures and fractions that would are kept as they are.
        return kept.Length is > 0 and <= 2 ? kept.ToString() : c.ToString();
    }
}
