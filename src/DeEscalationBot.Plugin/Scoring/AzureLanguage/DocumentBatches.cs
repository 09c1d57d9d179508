using System.Globalization;

namespace DeEscalationBot.Plugin.Scoring.AzureLanguage;

/// <summary>The service's limits, and texts cut to them.</summary>
/// <remarks>Stateless; linear in the length of the texts.</remarks>
internal static class DocumentBatches
{
    /// <summary>The most documents in a request for sentiment: 10.</summary>
    public const int MostDocuments = 10;

    /// <summary>The longest document, in text elements (what a reader calls a letter): 5,120.</summary>
    public const int MostTextElements = 5120;

    // A request may have 1 MB; a unit takes at most six bytes in JSON.
    private const int MostUnits = 150_000;

    /// <summary>Cuts a text into parts within the limit, where it can after a sentence or between words, so that no word is torn.</summary>
    /// <param name="text">The text, not empty.</param>
    /// <returns>Where each part begins, and its length, in UTF-16 units; together the whole text.</returns>
    public static IReadOnlyList<(int Start, int Length)> Cut(string text)
    {
        var parts = new List<(int Start, int Length)>();
        var (start, elements, afterWord, afterSentence, i) = (0, 0, 0, 0, 0);
        while (i < text.Length)
        {
            if (elements == MostTextElements)
            {
                // Only in the second half of a part: otherwise one early full stop would make many small ones.
                var half = start + ((i - start) / 2);
                var end = afterSentence > half ? afterSentence : afterWord > half ? afterWord : i;
                parts.Add((start, end - start));
                (start, elements, i) = (end, 0, end);
                continue;
            }

            var length = StringInfo.GetNextTextElementLength(text.AsSpan(i));
            i += length;
            elements++;
            if (char.IsWhiteSpace(text[i - 1]))
            {
                afterWord = i;
                afterSentence = i - length > start && text[i - length - 1] is '.' or '!' or '?' or '\n' ? i : afterSentence;
            }
        }

        parts.Add((start, text.Length - start));
        return parts;
    }

    /// <summary>Puts documents into requests within the limits, in order.</summary>
    /// <param name="documents">The documents.</param>
    public static IEnumerable<IReadOnlyList<LanguageDocument>> Pack(IEnumerable<LanguageDocument> documents)
    {
        var request = new List<LanguageDocument>();
        var units = 0;
        foreach (var document in documents)
        {
            if (request.Count == MostDocuments || (request.Count > 0 && units + document.Text.Length > MostUnits))
            {
                yield return request;
                (request, units) = ([], 0);
            }

            request.Add(document);
            units += document.Text.Length;
        }

        if (request.Count > 0)
        {
            yield return request;
        }
    }
}
