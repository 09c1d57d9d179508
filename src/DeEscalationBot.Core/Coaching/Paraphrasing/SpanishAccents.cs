namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <summary>Sets the accent that a writer left out, where the ending of a word tells where it stands.</summary>
internal static class SpanishAccents
{
    private static readonly HashSet<string> WithoutAccent = SpanishSyntax.Set(
        "amazon verizon canon nylon python epson peloton colon samson addon hackathon chico chica chicos chicas rico rica ricos ricas pico picos botica perico abanico barrica borrico mexico");

    /// <summary>The word with its accent, or as it is.</summary>
    /// <param name="text">The word as written, without accents.</param>
    /// <param name="form">The same in lower case.</param>
    /// <param name="isVerb">Whether it is a verb here: those are spelled by their own table.</param>
    public static string Restore(string text, string form, bool isVerb)
    {
        if (isVerb || form.Length < 5 || WithoutAccent.Contains(form) || char.IsUpper(text[0]))
        {
            return text;
        }

        // camión, dirección, cupón; but "llegaron".
        if (form.EndsWith("on", StringComparison.Ordinal))
        {
            return form.EndsWith("ron", StringComparison.Ordinal) || !form.All(char.IsAsciiLetterLower) ? text : text[..^2] + "ón";
        }

        // muchísimo, carísimas
        var stressed = text.Length - (form[^1] == 's' ? 5 : 4);
        if (stressed > 2 && form.AsSpan(stressed, 3).SequenceEqual("sim") && form[stressed - 1] == 'i')
        {
            return string.Concat(text.AsSpan(0, stressed - 1), "í", text.AsSpan(stressed));
        }

        // técnico, alérgica, médicos, económicas: stressed on the third syllable from the end.
        var plural = form[^1] == 's' ? 1 : 0;
        var stem = text.Length - plural - 3;
        if (stem >= 2 && form.AsSpan(stem, 2).SequenceEqual("ic") && form[stem + 2] is 'o' or 'a')
        {
            for (var i = stem - 1; i >= 0; i--)
            {
                var accented = form[i] switch { 'a' => 'á', 'e' => 'é', 'i' => 'í', 'o' => 'ó', 'u' => 'ú', _ => '\0' };
                if (accented != '\0')
                {
                    return string.Concat(text.AsSpan(0, i), accented.ToString(), text.AsSpan(i + 1));
                }
            }
        }

        return text;
    }
}
