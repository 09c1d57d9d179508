using System.Text.RegularExpressions;

namespace DeEscalationBot.Core.Channels;

/// <summary>Personal data that words around them give away: ids after their name, addresses with street and number, names where somebody says theirs.</summary>
/// <remarks>Each looks at one place of a text and takes steps that are bounded, so that a whole text takes time in proportion to its length. Stateless, safe for concurrent use.</remarks>
internal static partial class PersonalWords
{
    private const int LookBack = 40;

    // Words after which a number is one by which a state knows a person.
    private static readonly string[] IdWords =
    [
        "dni", "nif", "nie", "cédula", "cedula", "cc", "identidad", "curp", "rfc", "cuit", "cuil", "rut", "ssn", "pasaporte", "passport", "seguridad", "social",
    ];

    private static readonly string[] PassportWords = ["pasaporte", "passport"];

    /// <summary>A tax id of a person in Mexico (RFC): four letters, a date, three signs.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where.</param>
    public static PersonalDatum? Rfc(string text, int start) => Of(RfcPattern().Match(text, start), PersonalDataKind.NationalId);

    /// <summary>A tax id in Argentina (CUIT, CUIL) written without hyphens, its check digit being right.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where.</param>
    public static PersonalDatum? Cuit(string text, int start) => CuitPattern().Match(text, start) is { Success: true } match && IsCuit(match.ValueSpan) ? Of(match, PersonalDataKind.NationalId) : null;

    /// <summary>A passport's number, after the word.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where.</param>
    public static PersonalDatum? Passport(string text, int start) =>
        PassportPattern().Match(text, start) is { Success: true } match && Follows(text, start, PassportWords) ? Of(match, PersonalDataKind.NationalId) : null;

    /// <summary>A number right after the name of an id, which has no check digit that could be counted.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where.</param>
    public static PersonalDatum? NamedId(string text, int start) =>
        char.IsAsciiDigit(text[start]) && NamedIdPattern().Match(text, start) is { Success: true } match && Follows(text, start, IdWords) ? Of(match, PersonalDataKind.NationalId) : null;

    /// <summary>A street with its number.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where.</param>
    public static PersonalDatum? Address(string text, int start) =>
        Of(char.IsAsciiDigit(text[start]) ? EnglishAddress().Match(text, start) : SpanishAddress().Match(text, start), PersonalDataKind.Address);

    /// <summary>A name, where somebody says that it is theirs or signs with it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the words before the name begin.</param>
    public static PersonalDatum? Name(string text, int start) =>
        NamePattern().Match(text, start) is { Success: true } match ? Of(match.Groups["name"], PersonalDataKind.Name) : null;

    private static PersonalDatum? Of(Capture capture, PersonalDataKind kind) => capture.Length > 0 ? new PersonalDatum(kind, capture.Index, capture.Length) : null;

    // The last two words before say what the number is.
    private static bool Follows(string text, int start, string[] names) => text[Math.Max(0, start - LookBack)..start].ToLowerInvariant()
        .Split([' ', ':', '#', ',', '\n', '.', '(', ')', 'º', '°', '=', '-'], StringSplitOptions.RemoveEmptyEntries)
        .Where(word => word is not ("es" or "is" or "el" or "número" or "numero" or "number" or "no" or "n" or "de" or "mi" or "my"))
        .TakeLast(1).Any(word => Array.IndexOf(names, word) >= 0);

    private static bool IsCuit(ReadOnlySpan<char> digits)
    {
        ReadOnlySpan<int> weights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * (digits[i] - '0');
        }

        return (11 - (sum % 11)) % 11 == digits[^1] - '0';
    }

    [GeneratedRegex(@"\G[A-ZÑ&]{4}-?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-?[A-Z0-9]{3}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RfcPattern();

    [GeneratedRegex(@"\G(?:20|2[3-7]|30|3[34])\d{9}(?!\d)")]
    private static partial Regex CuitPattern();

    [GeneratedRegex(@"\G[A-Z]{0,3}-?\d{5,9}[A-Z]?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PassportPattern();

    [GeneratedRegex(@"\G(?:\d{2,3}[. ]\d{3}(?:[. ]\d{3}){0,2}|\d{1,3}(?:[. ]\d{3}){2,3}|\d{6,11})(?:-[0-9kK])?(?!\d)")]
    private static partial Regex NamedIdPattern();

    [GeneratedRegex(
        @"\G(?i:calle|c/|avenida|avda\.?|av\.|plaza|pza\.?|paseo|carrera|cra\.?|calzada|camino|carretera|ronda|traves[íi]a|callej[óo]n|bulevar|urbanizaci[óo]n)\s+(?:(?i:de|del|la|las|los|el|y|san|santa)\s+|\p{Lu}[\p{L}'’.-]*,?\s+|\d{1,2}\s+(?i:de)\s+){0,6}(?:\p{Lu}[\p{L}'’.-]*\s*,?\s*)?(?i:n(?:[úu]m(?:ero)?)?\s?[.º°]*\s*|\#\s*)?\d{1,4}\b(?:\s*-\s*\d{1,3}\b)?(?:,?\s*\d{1,2}\s?[ºª°]\s?[A-Za-z]?\b)?(?:,?\s*(?i:cp\s*)?\d{5}\b(?:\s+\p{Lu}\p{L}+)*)?")]
    private static partial Regex SpanishAddress();

    [GeneratedRegex(
        @"\G\d{1,5}[A-Za-z]?\s+(?:(?:[NSEW]\.?|\d{1,3}(?:st|nd|rd|th)|\p{Lu}[\p{L}'’.-]*)\s+){1,4}(?i:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|way|terrace|close|crescent|square)\b\.?(?:,?\s*(?i:apt|apartment|flat|unit|suite)\.?\s*\#?\s*\w{1,5}\b)?(?:,\s*\p{Lu}\p{L}+(?:\s\p{Lu}\p{L}+)*)?(?:,?\s*[A-Z]{2}\s+\d{5}(?:-\d{4})?|,?\s*[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2})?")]
    private static partial Regex EnglishAddress();

    // After words that other things follow as well, it takes a first name and a surname.
    [GeneratedRegex(
        @"\G(?:(?i:me llamo|mi nombre (?:completo )?es|a nombre de|le (?:escribe|habla)|atentamente[,.:]?|un saludo[,.:]?|saludos(?: cordiales)?[,.:]?|my (?:full )?name is|in the name of|(?:kind |best |warm )?regards[,.:]?|yours (?:sincerely|faithfully)[,.:]?|sincerely[,.:]?)|(?i:soy|titular:?|this is|i['’]m|i am|account holder:?)(?= (?!The\b|An?\b|My\b|Your\b|Not\b|So\b|El\b|La\b)(?:\p{Lu}['’])?\p{Lu}\p{Ll}+(?: (?:de|del|la|las|los|van|von|da|dos|y)){0,3} (?:\p{Lu}['’])?\p{Lu}\p{Ll}+))\s+(?<name>(?:\p{Lu}['’])?\p{Lu}\p{Ll}+(?:[-'’]\p{Lu}?\p{Ll}+)?(?:\s+(?:(?:de|del|la|las|los|van|von|da|dos|y)\s+){0,3}(?:\p{Lu}['’])?\p{Lu}(?:\p{Ll}+|\.)(?:-\p{Lu}?\p{Ll}+)?){0,3})")]
    private static partial Regex NamePattern();
}
