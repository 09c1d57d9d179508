namespace DeEscalationBot.Host.Hosting.Settings;

/// <summary>How far apart two names are, to find the one that was probably meant.</summary>
internal static class Spelling
{
    /// <summary>Letters left out, added or changed, in upper and lower case alike; two that changed places count as two.</summary>
    /// <param name="a">One name.</param>
    /// <param name="b">The other.</param>
    public static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var next = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? corner : 1 + Math.Min(corner, Math.Min(row[j], row[j - 1]));
                (corner, row[j]) = (row[j], next);
            }
        }

        return row[b.Length];
    }
}
