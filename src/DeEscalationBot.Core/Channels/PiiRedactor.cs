using System.Globalization;
using System.Text;

namespace DeEscalationBot.Core.Channels;

/// <summary>What kind of personal data was found.</summary>
public enum PersonalDataKind
{
    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A payment card, its check digit being right.</summary>
    Card,

    /// <summary>An international bank account number, its check digits being right.</summary>
    Iban,

    /// <summary>A telephone number.</summary>
    Phone,

    /// <summary>A number by which a state knows a person.</summary>
    NationalId,

    /// <summary>A password or code that somebody wrote out.</summary>
    Secret,

    /// <summary>A street with its number.</summary>
    Address,

    /// <summary>A person's name, where somebody says that it is theirs.</summary>
    Name,
}

/// <summary>Personal data in a text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Offset in the text as it came in, UTF-16 units.</param>
/// <param name="Length">Length there, at least 1.</param>
public sealed record PersonalDatum(PersonalDataKind Kind, int Start, int Length);

/// <summary>A text whose personal data were taken out.</summary>
/// <param name="Text">The text with a placeholder such as <c>[EMAIL]</c> in place of each.</param>
/// <param name="Found">What was taken out, in the order of the original text.</param>
public sealed record RedactedText(string Text, IReadOnlyList<PersonalDatum> Found)
{
    /// <summary>Where a part of this text was in the text as it came in. A part that touches a placeholder takes in the whole datum behind it.</summary>
    /// <param name="start">Where the part begins in <see cref="Text"/>, from 0.</param>
    /// <param name="length">Its length, 0 or more, within <see cref="Text"/>.</param>
    /// <returns>Start and length in the original, UTF-16 units.</returns>
    public (int Start, int Length) ToOriginal(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Text.Length - start);
        var (from, to) = (start, start + length);
        var (first, last) = (from, to);
        var shift = 0;
        foreach (var datum in Found)
        {
            // Where the placeholder lies in this text; what lies behind it is shifted by what it is longer or shorter.
            var placed = datum.Start - shift;
            var placedEnd = placed + PiiRedactor.Placeholder(datum.Kind).Length;
            shift = datum.Start + datum.Length - placedEnd;
            first = placedEnd <= from ? from + shift : placed <= from ? datum.Start : first;
            last = placedEnd <= to ? to + shift : placed < to ? datum.Start + datum.Length : last;
        }

        return (first, last - first);
    }
}

/// <summary>Takes out what must not leave the machine: cards (Luhn), IBANs (mod 97), e-mail addresses, telephone numbers, national ids, spelt-out passwords.</summary>
/// <remarks>
/// A name is known where somebody says that it is theirs or signs with it, an address by its kind of street and its number; other names and streets cannot be told from other
/// words with certainty, and stay. A number of nine or ten digits counts as a telephone number unless a word such as "order" stands before it. National ids known: DNI and NIE (Spain),
/// RUT (Chile), CUIT (Argentina), CURP and RFC (Mexico), SSN (United States), National Insurance (United Kingdom), and passports and others after their name. How well it does is
/// measured: <c>docs/privacy.md</c>. Linear in the length of the text. Stateless, safe for concurrent use.
/// </remarks>
public static class PiiRedactor
{
    private const int LeastPhoneDigits = 9;
    private const int MostPhoneDigits = 15;
    private const int LeastCardDigits = 13;
    private const int MostCardDigits = 19;
    private const string DniLetters = "TRWAGMYFPDXBNJZSQVHLCKE";

    // Words before a number by which the desk, not the person, is meant; and those that name a telephone.
    private static readonly string[] OwnNumbers =
    [
        "pedido", "order", "factura", "invoice", "ticket", "caso", "case", "reserva", "booking", "reservation", "referencia", "reference", "ref", "envio", "envío",
        "tracking", "seguimiento", "expediente", "incidencia", "contrato", "contract", "poliza", "póliza", "policy", "serie", "serial", "orden", "compra", "purchase", "guia", "guía",
    ];

    // One in 97 runs of words would pass the check digits by chance: where the length is known, it has to fit.
    private static readonly (string Country, int Length)[] IbanLengths =
    [
        ("ES", 24), ("GB", 22), ("DE", 22), ("FR", 27), ("IT", 27), ("PT", 25), ("NL", 18), ("BE", 16), ("CH", 21), ("AT", 20), ("IE", 22), ("LU", 20), ("PL", 28), ("SE", 24), ("DK", 18), ("NO", 15), ("FI", 18),
    ];

    private static readonly string[] SecretWords = ["contraseña", "contrasena", "password", "passcode", "clave", "pin", "cvv", "cvc"];
    private static readonly string[] SecretJoints = ["es", "is", "era", "was", ":", "="];

    /// <summary>Finds personal data.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>What was found, in order, without overlaps.</returns>
    public static IReadOnlyList<PersonalDatum> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = new List<PersonalDatum>();
        var i = 0;
        while (i < text.Length)
        {
            if (!IsTokenStart(text, i))
            {
                i++;
                continue;
            }

            var datum = Iban(text, i) ?? Curp(text, i) ?? PersonalWords.Rfc(text, i) ?? Email(text, i) ?? LetteredId(text, i) ?? PersonalWords.Passport(text, i) ?? PersonalWords.Address(text, i)
                ?? PersonalWords.Cuit(text, i) ?? Digits(text, i) ?? PersonalWords.NamedId(text, i) ?? Secret(text, i) ?? PersonalWords.Name(text, i);
            if (datum is null)
            {
                i = EndOfWord(text, i);
            }
            else
            {
                found.Add(datum);
                i = datum.Start + datum.Length;
            }
        }

        return found;
    }

    /// <summary>Puts a placeholder in place of each personal datum.</summary>
    /// <param name="text">Any text.</param>
    public static RedactedText Redact(string text)
    {
        var found = Find(text);
        if (found.Count == 0)
        {
            return new RedactedText(text, found);
        }

        var redacted = new StringBuilder(text.Length);
        var from = 0;
        foreach (var datum in found)
        {
            redacted.Append(text, from, datum.Start - from).Append(Placeholder(datum.Kind));
            from = datum.Start + datum.Length;
        }

        return new RedactedText(redacted.Append(text, from, text.Length - from).ToString(), found);
    }

    /// <summary>A part of a text without personal data, also when the part holds only some of their digits.</summary>
    /// <remarks>A card number that was cut in the middle has no check digit any more; so the whole text is searched, and the part is taken of what is left.</remarks>
    /// <param name="text">The whole text.</param>
    /// <param name="start">Where the part begins, from 0.</param>
    /// <param name="length">Its length, 0 or more, within the text.</param>
    public static string RedactPart(string text, int start, int length)
    {
        ArgumentNullException.ThrowIfNull(text);
        var end = start + length;
        var part = new StringBuilder(length);
        var from = start;
        foreach (var datum in Find(text).Where(d => d.Start < end && d.Start + d.Length > start))
        {
            part.Append(text, from, Math.Max(0, datum.Start - from)).Append(Placeholder(datum.Kind));
            from = Math.Min(end, datum.Start + datum.Length);
        }

        return part.Append(text, from, end - from).ToString();
    }

    internal static string Placeholder(PersonalDataKind kind) => kind switch
    {
        PersonalDataKind.Email => "[EMAIL]",
        PersonalDataKind.Card => "[CARD]",
        PersonalDataKind.Iban => "[IBAN]",
        PersonalDataKind.Phone => "[PHONE]",
        PersonalDataKind.NationalId => "[ID]",
        PersonalDataKind.Secret => "[SECRET]",
        PersonalDataKind.Address => "[ADDRESS]",
        PersonalDataKind.Name => "[NAME]",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static bool IsTokenStart(string text, int i) =>
        (char.IsLetterOrDigit(text[i]) || text[i] is '+' or '(') && (i == 0 || !char.IsLetterOrDigit(text[i - 1]));

    private static int EndOfWord(string text, int i)
    {
        i++;
        while (i < text.Length && char.IsLetterOrDigit(text[i]))
        {
            i++;
        }

        return i;
    }

    private static PersonalDatum? Email(string text, int start)
    {
        var end = start;
        var at = -1;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '.' or '_' or '-' or '+' or '@'))
        {
            at = text[end] == '@' ? end : at;
            end++;
        }

        while (end > start && text[end - 1] is '.' or '-' or '_')
        {
            end--;
        }

        return at > start && text.AsSpan(at, Math.Max(0, end - at)).Contains('.') ? new PersonalDatum(PersonalDataKind.Email, start, end - start) : null;
    }

    private static PersonalDatum? Iban(string text, int start)
    {
        if (start + 15 > text.Length || !char.IsAsciiLetter(text[start]) || !char.IsAsciiLetter(text[start + 1]) || !char.IsAsciiDigit(text[start + 2]) || !char.IsAsciiDigit(text[start + 3]))
        {
            return null;
        }

        Span<char> written = stackalloc char[34];
        var length = 0;
        var known = Array.Find(IbanLengths, l => string.Compare(l.Country, 0, text, start, 2, StringComparison.OrdinalIgnoreCase) == 0).Length;
        for (var i = start; i < text.Length && length < written.Length; i++)
        {
            if (text[i] is ' ' or '-' && i + 1 < text.Length && char.IsAsciiLetterOrDigit(text[i + 1]))
            {
                continue;
            }

            if (!char.IsAsciiLetterOrDigit(text[i]))
            {
                break;
            }

            written[length++] = char.ToUpperInvariant(text[i]);
            var isWhole = i + 1 == text.Length || !char.IsLetterOrDigit(text[i + 1]);
            if (length >= 15 && isWhole && (known == 0 || known == length) && Mod97(written[..length]) == 1)
            {
                return new PersonalDatum(PersonalDataKind.Iban, start, i + 1 - start);
            }
        }

        return null;
    }

    private static int Mod97(ReadOnlySpan<char> iban)
    {
        var rest = 0;
        for (var i = 0; i < iban.Length; i++)
        {
            var c = iban[(i + 4) % iban.Length];
            rest = char.IsAsciiDigit(c) ? ((rest * 10) + (c - '0')) % 97 : ((rest * 100) + (c - 'A' + 10)) % 97;
        }

        return rest;
    }

    private static PersonalDatum? Curp(string text, int start)
    {
        const int Length = 18;
        if (start + Length > text.Length || EndOfWord(text, start) != start + Length)
        {
            return null;
        }

        for (var i = 0; i < Length - 2; i++)
        {
            if (!(i is >= 4 and < 10 ? char.IsAsciiDigit(text[start + i]) : char.IsAsciiLetter(text[start + i])))
            {
                return null;
            }
        }

        return new PersonalDatum(PersonalDataKind.NationalId, start, Length);
    }

    // DNI and NIE carry a letter that follows from the number; a National Insurance number is AA 99 99 99 A.
    private static PersonalDatum? LetteredId(string text, int start)
    {
        Span<char> written = stackalloc char[9];
        var length = 0;
        var i = start;
        for (; i < text.Length && length < 9; i++)
        {
            if (char.IsAsciiLetterOrDigit(text[i]))
            {
                written[length++] = char.ToUpperInvariant(text[i]);
            }
            else if (!(text[i] is '-' or '.' or ' ' && length > 0 && i + 1 < text.Length && char.IsAsciiLetterOrDigit(text[i + 1])))
            {
                break;
            }
        }

        if (length != 9 || (i < text.Length && char.IsLetterOrDigit(text[i])) || !char.IsAsciiLetter(written[8]))
        {
            return null;
        }

        if (written[0] is 'X' or 'Y' or 'Z')
        {
            written[0] = (char)('0' + (written[0] - 'X'));
        }

        var isDni = int.TryParse(written[..8], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && DniLetters[number % 23] == written[8];
        var isNino = char.IsAsciiLetter(written[0]) && char.IsAsciiLetter(written[1]) && written[8] is >= 'A' and <= 'D' && !written[2..8].ContainsAnyExceptInRange('0', '9');
        return isDni || isNino ? new PersonalDatum(PersonalDataKind.NationalId, start, i - start) : null;
    }

    private static PersonalDatum? Digits(string text, int start)
    {
        Span<char> digits = stackalloc char[MostCardDigits];
        var count = 0;
        var groups = 1;
        var end = start;
        var shape = new StringBuilder();
        var run = 0;
        for (var i = start; i < text.Length && count < MostCardDigits; i++)
        {
            var c = text[i];
            if (char.IsAsciiDigit(c))
            {
                digits[count++] = c;
                run++;
                end = i + 1;
            }
            else if (c is ' ' or '-' or '.' or '(' or ')' or '+' or '/' && NextIsNumber(text, i))
            {
                if (run > 0)
                {
                    shape.Append(run).Append(c);
                    groups++;
                    run = 0;
                }
            }
            else
            {
                break;
            }
        }

        shape.Append(run);
        if (end < text.Length && (char.IsLetter(text[end]) || (text[end] == '-' && end + 1 < text.Length && text[end + 1] is 'k' or 'K')))
        {
            if (count is 7 or 8 && text[end] == '-' && RutDigit(digits[..count]) == 'K')
            {
                return new PersonalDatum(PersonalDataKind.NationalId, start, end + 2 - start);
            }

            return null;
        }

        if (count is >= LeastCardDigits and <= MostCardDigits && Luhn(digits[..count]))
        {
            return new PersonalDatum(PersonalDataKind.Card, start, end - start);
        }

        var written = shape.ToString();
        if (written is "3-2-4" or "2-8-1" || (written is "2.3.3-1" or "1.3.3-1" or "8-1" or "7-1" && RutDigit(digits[..(count - 1)]) == digits[count - 1]))
        {
            return new PersonalDatum(PersonalDataKind.NationalId, start, end - start);
        }

        // Amounts and dates have points, commas and slashes; a telephone number has blanks, hyphens or brackets, or none of them.
        var isInternational = text[start] == '+' && count >= 8;
        var isNational = count >= LeastPhoneDigits && !written.Contains('/', StringComparison.Ordinal) && (groups <= 5) && !IsOwnNumber(text, start) && !(groups == 1 && count > 11);
        return (isInternational || isNational) && count <= MostPhoneDigits ? new PersonalDatum(PersonalDataKind.Phone, start, end - start) : null;
    }

    private static bool NextIsNumber(string text, int i)
    {
        for (var k = i + 1; k < text.Length && k <= i + 2; k++)
        {
            if (char.IsAsciiDigit(text[k]))
            {
                return true;
            }

            if (text[k] is not (' ' or '(' or ')' or '-'))
            {
                return false;
            }
        }

        return false;
    }

    private static bool Luhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[digits.Length - 1 - i] - '0';
            digit = i % 2 == 1 ? digit * 2 : digit;
            sum += digit > 9 ? digit - 9 : digit;
        }

        return sum % 10 == 0 && digits.ContainsAnyExcept(digits[0]);
    }

    private static char RutDigit(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            sum += (digits[digits.Length - 1 - i] - '0') * (2 + (i % 6));
        }

        return (11 - (sum % 11)) switch
        {
            11 => '0',
            10 => 'K',
            var digit => (char)('0' + digit),
        };
    }

    private static bool IsOwnNumber(string text, int start)
    {
        // The three words before say whose number it is.
        var before = text[Math.Max(0, start - 40)..start].ToLowerInvariant().Split([' ', ':', '#', ',', '\n', '.', '(', 'º', '°'], StringSplitOptions.RemoveEmptyEntries);
        return before.TakeLast(3).Any(word => Array.IndexOf(OwnNumbers, word) >= 0);
    }

    private static PersonalDatum? Secret(string text, int start)
    {
        var end = EndOfWord(text, start);
        if (Array.IndexOf(SecretWords, text[start..end].ToLowerInvariant()) < 0)
        {
            return null;
        }

        var i = SkipBlanks(text, end);
        var joint = Array.Find(SecretJoints, j => string.CompareOrdinal(text, i, j, 0, j.Length) == 0 && (!char.IsLetter(j[0]) || i + j.Length >= text.Length || !char.IsLetterOrDigit(text[i + j.Length])));
        if (joint is null)
        {
            return null;
        }

        i = SkipBlanks(text, i + joint.Length);
        var last = i;
        var isSecret = false;
        while (last < text.Length && !char.IsWhiteSpace(text[last]) && text[last] is not (',' or ';'))
        {
            // "la contraseña es incorrecta" gives nothing away.
            isSecret |= !char.IsLetter(text[last]);
            last++;
        }

        last = last > i && text[last - 1] == '.' ? last - 1 : last;
        return isSecret && last > i && text[i..last].AsSpan().ContainsAnyInRange('0', '9') ? new PersonalDatum(PersonalDataKind.Secret, i, last - i) : null;
    }

    private static int SkipBlanks(string text, int i)
    {
        while (i < text.Length && text[i] == ' ')
        {
            i++;
        }

        return i;
    }
}
