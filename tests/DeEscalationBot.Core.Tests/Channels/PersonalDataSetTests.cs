using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Core.Tests.Channels;

/// <summary>
/// How well personal data are found, on lines of our own with made-up values (<c>PersonalData/es.txt</c>, <c>en.txt</c>): marks such as <c>{Email:…}</c> say what has to go. The figures
/// stand in <c>docs/privacy.md</c>; the floors here are a little below them.
/// </summary>
public sealed partial class PersonalDataSetTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("es", 0.97, 0.92)]
    [InlineData("en", 0.97, 0.92)]
    public void Set_IsFound_WithPrecisionAndRecall(string language, double leastPrecision, double leastRecall)
    {
        var lines = File.ReadAllLines(Repository.PathTo("tests", "DeEscalationBot.Core.Tests", "Channels", "PersonalData", language + ".txt"));
        Assert.True(lines.Length >= 150);
        var (found, right, marked) = (0, 0, 0);
        var byKind = new SortedDictionary<PersonalDataKind, (int Marked, int Found)>();
        foreach (var line in lines)
        {
            var (text, marks) = Read(line.Replace("\\n", "\n", StringComparison.Ordinal));
            var data = PiiRedactor.Find(text);
            found += data.Count;
            marked += marks.Count;
            right += data.Count(d => marks.Any(m => Touches(m, d)));
            foreach (var mark in marks)
            {
                // Found is what is gone whole, of whatever kind it was taken for: part of a number is a number.
                var isGone = data.Any(d => d.Start <= mark.Start && d.Start + d.Length >= mark.Start + mark.Length);
                var (all, gone) = byKind.GetValueOrDefault(mark.Kind);
                byKind[mark.Kind] = (all + 1, gone + (isGone ? 1 : 0));
                if (!isGone)
                {
                    output.WriteLine($"missed: {line}");
                }
            }

            foreach (var wrong in data.Where(d => !marks.Any(m => Touches(m, d))))
            {
                output.WriteLine($"wrong: {line}: {text.Substring(wrong.Start, wrong.Length)}");
            }
        }

        var (precision, recall) = ((double)right / found, (double)byKind.Values.Sum(k => k.Found) / marked);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{language}: precision {precision:0.000}, recall {recall:0.000} ({marked} marks, {lines.Length} lines)"));
        foreach (var (kind, (all, gone)) in byKind)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind}: {gone} of {all}"));
        }

        Assert.True(precision >= leastPrecision, $"precision {precision}");
        Assert.True(recall >= leastRecall, $"recall {recall}");
    }

    // Time in proportion to the length: what would make a pattern go back and forth costs no more than other text.
    [Theory]
    [InlineData("calle de la ")]
    [InlineData("me llamo Ana de la ")]
    [InlineData("12 Oak Oak Oak ")]
    [InlineData("dni 1.111.111")]
    public void Find_HostileText_TakesItsLengthAndNoMore(string part)
    {
        var text = new StringBuilder().Insert(0, part, 4000).ToString();
        Assert.NotNull(PiiRedactor.Find(text));
    }

    private static bool Touches(PersonalDatum one, PersonalDatum other) => one.Start < other.Start + other.Length && other.Start < one.Start + one.Length;

    private static (string Text, List<PersonalDatum> Marks) Read(string line)
    {
        var text = new StringBuilder();
        var marks = new List<PersonalDatum>();
        var from = 0;
        foreach (Match mark in Mark().Matches(line))
        {
            text.Append(line, from, mark.Index - from);
            var value = mark.Groups["value"].Value;
            marks.Add(new PersonalDatum(Enum.Parse<PersonalDataKind>(mark.Groups["kind"].Value), text.Length, value.Length));
            text.Append(value);
            from = mark.Index + mark.Length;
        }

        return (text.Append(line, from, line.Length - from).ToString(), marks);
    }

    [GeneratedRegex(@"\{(?<kind>\w+):(?<value>[^}]*)\}")]
    private static partial Regex Mark();
}
