namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <summary>A clause that can be said back.</summary>
/// <param name="Clause">What the customer wrote.</param>
/// <param name="Told">The same from the agent's side.</param>
/// <param name="Place">Its place among the clauses of the message.</param>
/// <param name="Text">The words to say.</param>
internal sealed record Fact(MessageClause Clause, Retold Told, int Place, string Text)
{
    public int Words { get; } = Text.Count(c => c == ' ') + 1;

    /// <summary>Whether it only goes on with what was told before it: "a 170 km", "with sixty photographs".</summary>
    public bool LeansBack { get; } = Told.IsFragment && Text[..(Text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end ? end : Text.Length)] is "a" or "con" or "de" or "en" or "por" or "para" or "with" or "by" or "for" or "in" or "at" or "to" or "from" or "of";
}

/// <summary>
/// Chooses what of a message is worth saying back. A clause counts by what it adds to those already chosen: a number, a time,
/// how often, what went wrong, what it costs, what is wanted. So three clauses about one thing do not crowd out the wish.
/// </summary>
internal static class FactSelection
{
    // What an agent says in one or two breaths; a short message may be given back whole.
    private const int MostWords = 68;
    private const int MostClauses = 7;
    private const double LeastGain = 0.3;

    // After so many facts, what has no number, time or loss in it is more often opinion than fact.
    private const int Enough = 5;
    private const double PlainCost = 1.0;

    // What is told first is mostly what happened; what follows explains it.
    private const double FirstPlaces = 1.8;
    private const int LastFirstPlace = 6;

    // Ids and amounts weigh, but a list of them is one thing told.
    private const int MostNumbers = 3;

    private static readonly (TokenMarks Mark, double First, double Later)[] Kinds =
    [
        (TokenMarks.Want, 4.0, 2.2),
        (TokenMarks.Time, 2.4, 0.5),
        (TokenMarks.Frequency, 3.8, 0.9),
        (TokenMarks.Problem, 2.4, 1.7),
        (TokenMarks.Impact, 2.6, 1.6),
    ];

    /// <summary>The facts to say, in the order in which they were told.</summary>
    public static List<Fact> Choose(IReadOnlyList<Fact> candidates)
    {
        // "no tiene servicio", "no tiene servicio desde el jueves": the longer says both.
        var left = candidates.Where(f => !candidates.Any(o => o != f && (o.Text.Length > f.Text.Length || (o.Text.Length == f.Text.Length && o.Place < f.Place)) && (Holds(o.Text, f.Text) || (f.Told.IsFragment && Holds(Written(o), Written(f)))))).ToList();
        var chosen = new List<Fact>();
        var told = TokenMarks.None;
        var numbers = new HashSet<string>(StringComparer.Ordinal);
        var words = 0;
        while (chosen.Count < MostClauses)
        {
            Fact? best = null;
            var bestGain = LeastGain;
            foreach (var fact in left)
            {
                if ((words + fact.Words > MostWords && chosen.Count > 0) || (fact.LeansBack && fact.Place > 0 && !chosen.Exists(f => f.Place == fact.Place - 1)))
                {
                    continue;
                }

                var gain = Gain(fact, told, numbers) - (chosen.Count >= Enough && !fact.Told.IsWant && !fact.Clause.HasStrictSubstance ? PlainCost : 0);
                if (gain > bestGain)
                {
                    (best, bestGain) = (fact, gain);
                }
            }

            if (best is null)
            {
                break;
            }

            chosen.Add(best);
            left.Remove(best);
            words += best.Words;
            told |= MarksOf(best);
            numbers.UnionWith(NumbersOf(best));
        }

        chosen.Sort((a, b) => a.Place.CompareTo(b.Place));
        // "usted tiene parte médico … y le pidió perdón": behind what the customer does, in a sentence of its own, nobody knows who did it.
        for (var i = chosen.Count - 1; i > 0; i--)
        {
            if (chosen[i].Told.LacksSubject && chosen[i - 1].Told.SpeaksOfCustomer && !chosen[i].Clause.HasStrictSubstance && chosen[i - 1].Clause.Sentence != chosen[i].Clause.Sentence)
            {
                chosen.RemoveAt(i);
            }
        }

        return chosen;
    }

    private static string Written(Fact fact) => string.Join(' ', fact.Clause.Tokens.Select(t => t.Form));

    private static bool Holds(string text, string part)
    {
        var at = text.IndexOf(part, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && (at == 0 || text[at - 1] == ' ') && (at + part.Length == text.Length || !char.IsLetterOrDigit(text[at + part.Length]));
    }

    private static double Gain(Fact fact, TokenMarks told, HashSet<string> numbers)
    {
        var marks = MarksOf(fact);
        var gain = 2.0 * Math.Min(MostNumbers, NumbersOf(fact).Count(n => !numbers.Contains(n)));
        foreach (var (mark, first, later) in Kinds)
        {
            gain += (marks & mark) == 0 ? 0 : (told & mark) == 0 ? first : later;
        }

        gain += fact.Told.SpeaksOfCustomer ? 0.4 : 0;
        gain += fact.Place == 0 ? 1.4 : 0.8;
        gain += fact.Clause.Tokens.Any(t => t.IsNumberWord) ? 0.9 : 0;
        gain += FirstPlaces * Math.Max(0, 1 - (fact.Place / (double)LastFirstPlace));
        gain -= (marks & TokenMarks.Aside) != 0 ? 5 : 0;
        gain -= fact.Told.IsFragment ? 0.4 : 0;
        gain -= fact.Words < 3 && !fact.Clause.HasStrictSubstance ? 1.5 : 0;
        return gain - (0.05 * fact.Words);
    }

    private static TokenMarks MarksOf(Fact fact) => fact.Clause.Marks() | (fact.Told.IsWant ? TokenMarks.Want : TokenMarks.None);

    private static HashSet<string> NumbersOf(Fact fact)
    {
        var numbers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var token in fact.Clause.Tokens)
        {
            if (token.HasDigit)
            {
                numbers.Add(token.Form);
            }
        }

        return numbers;
    }
}
