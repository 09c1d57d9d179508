using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;
using DeEscalationBot.Training.Fitting;

namespace DeEscalationBot.Training.Data;

/// <summary>Says a part of our lines once more with something beside it that changes nothing: who the customer is, which order it is about, how to reach them, or another calm thing.</summary>
/// <remarks>
/// Whoever writes lines for a corpus writes to the point. Customers put a telephone number behind an insult and their name before a threat, and an
/// n-gram of what they mean weighs less the more else there is. These variants teach the heads that it means the same. Stateless.
/// </remarks>
public static class LinesWithBesides
{
    /// <summary>What a variant counts beside a line as it was written.</summary>
    public const float Weight = 0.5f;

    // One line in so many gets a variant. What is grave always does, and what only looks like it, too: both weigh the same in whatever company.
    private const int Every = 3;

    // A variant of a long message teaches nothing, and a long calm line is a story of its own.
    private const int MostWords = 60;
    private const int MostWordsBeside = 14;

    private static readonly string[] SpanishParticulars =
    [
        "Mi número de pedido es el 48213.", "El pedido es el 7719-B.", "Mi teléfono es el 612 345 678.", "Me pueden llamar al 55 1234 5678.", "Llámeme mañana por la mañana, por favor.", "Me llamo Rosa Peña.",
        "Soy Julián Ortega, de Córdoba.", "Mi correo es rosa@example.com.", "Mi DNI es 12345678Z.", "La cuenta está a nombre de mi madre, Elvira Soto.", "Es por la factura de octubre, la F-2231.", "Contrato 90021.",
        "Buenas tardes.", "Hola, buenos días.", "Les escribo por el contrato 4471.", "Le dejo mis datos: calle Mayor 3, segundo B.", "Adjunto la foto.", "Adjunto el recibo.", "Quedo atento.", "Un saludo.", "Muchas gracias.", "Gracias de antemano.",
        "El IBAN es ES91 2100 0418 4502 0005 1332.", "La referencia es AX-118.", "Fue el martes 4.", "Lo compré en marzo.", "Vivo en Zapopan.", "Soy cliente desde 2019.", "Mi usuario es rpena77.", "Escribo desde el móvil.",

        // Names that are words, and not always kind ones.
        "Marta Gil", "Un saludo, Andrés Calvo.", "Atentamente, Sonia Moro Bravo", "Soy Rita Guerra.", "Me llamo Pedro Cabeza Toro.", "Gracias, Inés Delgado Gil", "Firmado: Raúl Matamoros", "Luis Malo",
    ];

    private static readonly string[] EnglishParticulars =
    [
        "My order number is 48213.", "Order 7719-B.", "My phone number is 555 0134.", "You can call me on 07700 900123.", "Please call me tomorrow morning.", "My name is Rosa Penn.",
        "This is Julian Hart from Leeds.", "My email is rosa@example.com.", "The account is in my mother's name, Elvira Stone.", "It's about the October invoice, F-2231.", "Contract 90021.", "Account number 12345678.",
        "Good afternoon.", "Hi there.", "I'm writing about contract 4471.", "My address is 3 High Street, flat B.", "Photo attached.", "I've attached the receipt.", "Kind regards.", "Thanks.", "Thank you in advance.", "Many thanks, Rosa.",
        "The reference is AX-118.", "It was Tuesday the 4th.", "I bought it in March.", "I live in Austin.", "I've been a customer since 2019.", "My username is rpenn77.", "Writing from my phone.", "Flight 418, seat 12C.",

        // Names that are words, and not always kind ones.
        "Jane Savage", "Best, Tom Coward", "Kind regards, Kim Slaughter", "This is Grace Moody.", "My name is Dick Payne.", "Thanks, Bill Crook", "Yours, Ann Blood", "Joe Cross",
    ];

    /// <summary>The variants; the lines themselves are not among them.</summary>
    /// <param name="lines">Our lines, of one language or of both; fresh ones get variants.</param>
    public static IEnumerable<CorpusLine> Of(IReadOnlyList<CorpusLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var calm = lines.Where(l => l.IsFresh && l is { Level: 0, Signals.Count: 0, Decoys.Count: 0 } && !l.Text.Contains('?', StringComparison.Ordinal) && NumberOfWords(l) <= MostWordsBeside)
            .ToLookup(l => (l.Language, l.Industry), l => l.Text);
        foreach (var line in lines)
        {
            var dice = new Random(TextHash.Of(line.Id));

            // What is curt is so by being alone.
            if (!line.IsFresh || (dice.Next(Every) != 0 && !IsGraveOrLooksIt(line)) || line.Signals.Contains(SignalType.Curtness) || NumberOfWords(line) > MostWords)
            {
                continue;
            }

            var particulars = line.Language == MessageLanguage.Spanish ? SpanishParticulars : EnglishParticulars;
            string[] others = [.. calm[(line.Language, line.Industry)]];
            var beside = Enumerable.Range(0, NumberBeside(line, dice)).Select(_ => others.Length > 0 && dice.Next(2) == 0 ? others[dice.Next(others.Length)] : particulars[dice.Next(particulars.Length)]).ToList();
            beside.Insert(dice.Next(beside.Count + 1), line.Text);
            yield return line with { Id = line.Id + "+", Text = beside.Aggregate(Join), Weight = line.Weight * Weight, IsVariant = true };
        }
    }

    // Two in three have one thing beside them, one in three two; a quarter of what is grave, of what only looks like it and of what is calm is lost in
    // a story. A complaint is not: among calm sentences it would be another one.
    private static int NumberBeside(CorpusLine line, Random dice) =>
        (line.Level == 0 || IsGraveOrLooksIt(line)) && dice.Next(4) == 0 ? dice.Next(4, 8) : dice.Next(3) == 0 ? 2 : 1;

    private static bool IsGraveOrLooksIt(CorpusLine line) => line.Signals.Concat(line.Decoys).Any(s => s.IsGrave());

    private static int NumberOfWords(CorpusLine line) => MessageReading.Of(line.Text).Words.Count;

    private static string Join(string first, string second)
    {
        var begun = first.TrimEnd();
        return begun + (begun.Length > 0 && char.IsLetterOrDigit(begun[^1]) ? ". " : " ") + second;
    }
}
