using System.Globalization;
using System.Text;

namespace DeEscalationBot.Host.Channels.BotFramework.Cards;

/// <summary>Makes people's words fit for a card: what could reorder, hide or replace what stands around them is taken out.</summary>
/// <remarks>Such words go into text runs only, which know neither Markdown nor markup; what is left to clients there (<c>{{DATE(…)}}</c>) is broken here. Pure.</remarks>
public static class CardWords
{
    private const char WordJoiner = '\u2060';
    private const char Ellipsis = '…';

    /// <summary>Cleans a text: one line, no control characters, no overrides of the direction, no functions of cards.</summary>
    /// <param name="text">The words.</param>
    /// <param name="most">How many UTF-16 units at most, with the mark that says that it goes on.</param>
    public static string Clean(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        var clean = new StringBuilder(Math.Min(text.Length, most));
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            var element = CleanElement(elements.GetTextElement());
            if (element.Length == 0 || (element == " " && (clean.Length == 0 || clean[^1] == ' ')))
            {
                continue;
            }

            if (element == "{" && clean.Length > 0 && clean[^1] == '{')
            {
                element = string.Create(2, WordJoiner, (span, joiner) => (span[0], span[1]) = (joiner, '{'));
            }

            if (clean.Length + element.Length > most - 1)
            {
                return TrimEnd(clean).Append(Ellipsis).ToString();
            }

            clean.Append(element);
        }

        return TrimEnd(clean).ToString();
    }

    /// <summary>The lines of a text, each cleaned; empty ones are left out.</summary>
    /// <param name="text">The words.</param>
    /// <param name="most">How many UTF-16 units at most, all lines together.</param>
    public static IReadOnlyList<string> Lines(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (most < 2)
            {
                break;
            }

            var clean = Clean(line, most);
            if (clean.Length > 0)
            {
                lines.Add(clean);
                most -= clean.Length;
            }
        }

        return lines;
    }

    /// <summary>Whether a text reads from right to left: its first letter does.</summary>
    /// <param name="text">The words.</param>
    public static bool IsRightToLeft(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetter(rune))
            {
                // Hebrew, Arabic and their neighbours up to the Arabic supplements, their presentation forms, and the old scripts.
                return rune.Value is >= 0x0590 and <= 0x08FF or >= 0xFB1D and <= 0xFDFF or >= 0xFE70 and <= 0xFEFF or >= 0x10800 and <= 0x10FFF or >= 0x1E800 and <= 0x1EFFF;
            }
        }

        return false;
    }

    // A letter may carry accents; more of them than any language has only paints over the lines around.
    private static string CleanElement(string element)
    {
        const int MostMarks = 8;
        var clean = new StringBuilder(element.Length);
        var marks = 0;
        foreach (var rune in element.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                return " ";
            }

            var category = Rune.GetUnicodeCategory(rune);
            var isJoiner = rune.Value is 0x200C or 0x200D;
            var isTag = rune.Value is >= 0xE0020 and <= 0xE007F; // Of the flags of regions.
            if (category is UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned || (category == UnicodeCategory.Format && !isJoiner && !isTag))
            {
                continue;
            }

            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark && ++marks > MostMarks)
            {
                continue;
            }

            clean.Append(rune.ToString());
        }

        return clean.ToString();
    }

    private static StringBuilder TrimEnd(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] == ' ')
        {
            text.Length--;
        }

        return text;
    }
}
