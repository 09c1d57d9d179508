using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Host.Cases.Texts;

namespace DeEscalationBot.Host.Cases;

/// <summary>The cells of one line of an import: takes them, and collects a sentence for each that cannot be used.</summary>
/// <param name="cells">The cells by their column.</param>
/// <param name="delimiter">What separates the cells: Excel writes semicolons where the comma is the decimal sign, and tabs everywhere.</param>
internal sealed partial class ImportCells(Dictionary<string, string> cells, string delimiter)
{
    private const int MostDays = 3653;

    private static readonly string[] Yes = ["true", "yes", "verdadero", "sí", "si"];
    private static readonly string[] No = ["false", "no", "falso"];

    public string? Problem { get; private set; }

    private bool MayHaveComma => delimiter is ";" or "\t";

    public void Complain(string problem) => Problem = Problem is null ? problem : $"{Problem} {problem}";

    public bool Has(string name) => cells.ContainsKey(name);

    public string Text(string name, string? otherwise = null)
    {
        if (cells.GetValueOrDefault(name) is { Length: > 0 } text)
        {
            return text;
        }

        if (otherwise is null)
        {
            Complain(ImportWords.Say("ImportFile.Missing", name));
        }

        return otherwise ?? "";
    }

    public DateOnly Day(string name)
    {
        // Day before month where Excel writes semicolons; elsewhere nobody can tell which of the two comes first.
        string[] formats = delimiter == ";" ? [CustomerImport.DayFormat, "d/M/yyyy", "d-M-yyyy", "d.M.yyyy"] : [CustomerImport.DayFormat];
        if (!DateOnly.TryParseExact(cells.GetValueOrDefault(name), formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            Complain(ImportWords.Say("ImportFile.BadDay", name));
        }

        return day;
    }

    public DateOnly? OptionalDay(string name) => Has(name) ? Day(name) : null;

    public double Number(string name, double? otherwise = null)
    {
        if (!Has(name) && otherwise is { } number)
        {
            return number;
        }

        var text = cells.GetValueOrDefault(name) ?? "";
        if (IsAmbiguous(name, text))
        {
            return 0;
        }

        if (double.TryParse(MayHaveComma ? text.Replace(',', '.') : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var read) && read is >= 0 and <= MostDays)
        {
            return read;
        }

        Complain(ImportWords.Say("ImportFile.BadNumber", name, MostDays));
        return 0;
    }

    public Money Money()
    {
        var amount = Amount(cells.GetValueOrDefault("amount") ?? "");
        var currency = cells.GetValueOrDefault("currency");
        if (!Core.Cases.Money.IsCurrency(currency))
        {
            Complain(ImportWords.Say("ImportFile.BadCurrency"));
            currency = "EUR";
        }

        return new Money(amount, currency!);
    }

    public bool YesOrNo(string name)
    {
        var word = cells.GetValueOrDefault(name);
        if (!Yes.Concat(No).Contains(word, StringComparer.OrdinalIgnoreCase))
        {
            Complain(ImportWords.Say("ImportFile.NotOneOf", name, "true" + ImportWords.Say("ImportFile.Or") + "false"));
        }

        return Yes.Contains(word, StringComparer.OrdinalIgnoreCase);
    }

    public T OneOf<T>(string name)
        where T : struct, Enum
    {
        var word = cells.GetValueOrDefault(name);
        if (Enum.GetNames<T>().FirstOrDefault(n => n.Equals(word, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return Enum.Parse<T>(known);
        }

        Complain(ImportWords.Say("ImportFile.NotOneOf", name, string.Join(ImportWords.Say("ImportFile.Or"), Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName))));
        return default;
    }

    private decimal Amount(string text)
    {
        if (IsAmbiguous("amount", text))
        {
            return 0;
        }

        var plain = MayHaveComma && WithComma().IsMatch(text) ? text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.') : text;
        if (!decimal.TryParse(plain, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount))
        {
            Complain(ImportWords.Say("ImportFile.BadAmount"));
        }

        return amount;
    }

    // "12.000" or "12,000" of an Excel of nobody knows which region: twelve, or twelve thousand? Asked for again rather than read a thousand times too small.
    private bool IsAmbiguous(string name, string text)
    {
        var isIt = MayHaveComma && Ambiguous().IsMatch(text);
        if (isIt)
        {
            Complain(ImportWords.Say("ImportFile.AmbiguousNumber", name, text, text.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal)));
        }

        return isIt;
    }

    [GeneratedRegex(@"^[-+]?[0-9]{1,3}[.,][0-9]{3}$")]
    private static partial Regex Ambiguous();

    [GeneratedRegex(@"^[-+]?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+),[0-9]+$")]
    private static partial Regex WithComma();
}
