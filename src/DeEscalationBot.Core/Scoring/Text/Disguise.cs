using System.Buffers;

namespace DeEscalationBot.Core.Scoring.Text;

/// <summary>Reads words in which signs and digits stand for letters ("sh!t", "id10ta", "m**rda") as the words that they hide.</summary>
/// <remarks>
/// Only for matching: a word keeps its form, because "iphone13", "v2" and "3g" are what they say. What stands between letters is read
/// more freely than what stands at an end. Stateless and safe for concurrent use.
/// </remarks>
internal static class Disguise
{
    /// <summary>The longest form that is looked behind: no word of a phrase is longer.</summary>
    public const int LongestForm = 40;

    // The letters that must be there, and what must stand between digits at the ends ("1diota", "mierd4", but not "3g", "1mes").
    private const int LeastLetters = 2;
    private const int LeastBetweenEnds = 4;

    private const char AnyLetter = '*';
    private static readonly SearchValues<char> Signs = SearchValues.Create("0134!$@*");

    /// <summary>Whether a word may hide another.</summary>
    /// <param name="word">The word.</param>
    public static bool IsWornBy(Word word) =>
        word.Kind is WordKind.Letters or WordKind.Number
        && word.Form.Length is > 2 and <= LongestForm
        && word.Form.AsSpan().IndexOfAny(Signs) >= 0
        && IsWornBy(word.Form);

    /// <summary>Whether letters are left open by asterisks.</summary>
    /// <param name="form">A word's form.</param>
    public static bool LeavesLettersOpen(ReadOnlySpan<char> form) => form.Contains(AnyLetter);

    /// <summary>Writes the letters that the signs of a form stand for; asterisks stay.</summary>
    /// <param name="form">A word's form.</param>
    /// <param name="one">What 1 stands for, i or l.</param>
    /// <param name="into">As many places as the form has.</param>
    public static void Unmask(ReadOnlySpan<char> form, char one, Span<char> into)
    {
        for (var i = 0; i < form.Length; i++)
        {
            into[i] = form[i] switch
            {
                '0' => 'o',
                '1' => one,
                '!' => 'i',
                '3' => 'e',
                '4' or '@' => 'a',
                '$' => 's',
                var c => c,
            };
        }
    }

    /// <summary>Whether a word fits an unmasked form, each asterisk of which stands for any letter.</summary>
    /// <param name="word">A word of the same length.</param>
    /// <param name="unmasked">The form.</param>
    public static bool Fits(ReadOnlySpan<char> word, ReadOnlySpan<char> unmasked)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] != unmasked[i] && unmasked[i] != AnyLetter)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsWornBy(ReadOnlySpan<char> form)
    {
        var letters = 0;
        var digits = 0;
        var typed = 0;
        foreach (var c in form)
        {
            if (char.IsLetter(c))
            {
                letters++;
            }
            else if (!Signs.Contains(c))
            {
                return false; // A date, a part number, a word with other digits.
            }
            else if (char.IsAsciiDigit(c))
            {
                digits++;
            }
            else
            {
                typed += c is '!' or '$' or '@' ? 1 : 0;
            }
        }

        if (digits == 0)
        {
            return letters >= LeastLetters || (letters > 0 && typed > 0);
        }

        // Two digits at an end are a number: "iphone13".
        var atEnds = (char.IsAsciiDigit(form[0]) ? 1 : 0) + (char.IsAsciiDigit(form[^1]) ? 1 : 0);
        return letters >= LeastLetters
            && (atEnds == 0 || (form.Length - atEnds >= LeastBetweenEnds && !char.IsAsciiDigit(form[1]) && !char.IsAsciiDigit(form[^2])));
    }
}
