using System.Text;

namespace DeEscalationBot.Training.Data;

/// <summary>Reads comma separated values with quotes, as the public sets come.</summary>
internal static class DelimitedText
{
    /// <summary>The records after the header, as lookups by the header's names.</summary>
    public static IEnumerable<Func<string, string>> Records(string path)
    {
        using var records = Rows(File.ReadAllText(path)).GetEnumerator();
        if (!records.MoveNext())
        {
            yield break;
        }

        var columns = records.Current.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i, StringComparer.Ordinal);
        while (records.MoveNext())
        {
            var row = records.Current;
            if (row.Count == columns.Count)
            {
                yield return name => row[columns[name]];
            }
        }
    }

    private static IEnumerable<List<string>> Rows(string text)
    {
        var row = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append('"');
                    i++;
                }
                else if (c == '"')
                {
                    quoted = false;
                }
                else
                {
                    cell.Append(c);
                }

                continue;
            }

            switch (c)
            {
                case '"' when cell.Length == 0:
                    quoted = true;
                    break;
                case ',':
                    row.Add(cell.ToString());
                    cell.Clear();
                    break;
                case '\r':
                    break;
                case '\n':
                    row.Add(cell.ToString());
                    cell.Clear();
                    yield return row;
                    row = [];
                    break;
                default:
                    cell.Append(c);
                    break;
            }
        }

        if (row.Count > 0 || cell.Length > 0)
        {
            row.Add(cell.ToString());
            yield return row;
        }
    }
}
