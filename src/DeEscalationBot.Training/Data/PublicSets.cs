using System.Globalization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Training.Data;

/// <summary>One public set: what it is called, whose licence, what is read out of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Licence">Its licence.</param>
/// <param name="Reading">How its labels are read.</param>
/// <param name="Read">Reads it from the data folder.</param>
public sealed record PublicSet(string Name, string Licence, string Reading, Func<string, IEnumerable<WeakLine>> Read);

/// <summary>The public sets with weak labels, and how each label is read. Weights are relative to 1 for a line of our own.</summary>
/// <remarks>None of them is of customers who write to a desk about a grievance, so none marks our levels except as calm.</remarks>
public static class PublicSets
{
    private const float Calm = 0.15f;

    // There are many more of these than of ours.
    private static readonly Mark TalkElsewhere = new(true, 0.3f);
    private static readonly Mark TalkToADesk = new(false, 0.3f);

    private static readonly string[] BankingFraud = ["compromised_card", "card_payment_not_recognised", "cash_withdrawal_not_recognised", "direct_debit_payment_not_recognised"];

    // What nobody says who asks a bank how a card works.
    private static readonly SignalType[] NotInCalmTalk =
        [SignalType.Abuse, SignalType.Threat, SignalType.Blackmail, SignalType.Vulnerability, SignalType.ReputationThreat, SignalType.LegalThreat, SignalType.Distrust, SignalType.Curtness];

    /// <summary>The sets, in the order in which they are read.</summary>
    public static IReadOnlyList<PublicSet> All { get; } =
    [
        new("GoEmotions", "Apache-2.0", "anger 1, annoyance 0.8, disgust 0.7, disappointment 0.6, disapproval 0.5 → anger; gratitude, joy, love, admiration, relief, approval, caring, optimism, amusement, excitement, pride → pleased; without any of the former 0.3 → not insult", ReadGoEmotions),
        new("XED (English, Spanish projections)", "CC BY 4.0", "anger, disgust 0.5 → anger; joy 0.4 → pleased; the rest 0.4 → neither", ReadXed),
        new("BRIGHTER (English, Latin American Spanish)", "CC BY 4.0", "anger of intensity n: 0.6 + 0.3·n → anger; joy 0.7 → pleased", ReadBrighter),
        new("OffendES", "Apache-2.0", "abuse of a person or group → insult 1, anger 0.6; mere swearing → not insult 1; the rest 0.5 → neither", ReadOffendEs),
        new("EDOS", "CC0", "threats, incitement, attacks, slurs → insult 0.7; what is not sexist may insult all the same and says nothing of it; threats and incitement → threat 0.5, the rest 0.1 → not threat", ReadEdos),
        new("Banking77", "CC BY 4.0", "requests to a bank → calm 0.15, not anger 0.3, no threat or insult 0.1; `terminate_account` → churnIntent 0.4, cards and payments that are not theirs → accountSecurity 0.4", ReadBanking),
        new("MultiDoGO", "CDLA-Permissive-1.0", "customer turns of paid support dialogues → calm 0.15, not anger 0.3, no threat or insult 0.1", ReadMultiDogo),
        new("VADER lexicon", "MIT", "single words of valence −1 and below 0.3 → anger, 1 and above 0.3 → pleased", ReadVader),
    ];

    /// <summary>Reads all sets.</summary>
    /// <param name="data">The data folder.</param>
    public static IReadOnlyList<WeakLine> ReadAll(string data) => [.. All.SelectMany(s => s.Read(data)).Where(l => !string.IsNullOrWhiteSpace(l.Text))];

    private static IEnumerable<WeakLine> ReadGoEmotions(string data)
    {
        var labels = File.ReadAllLines(Path.Combine(data, "goemotions", "labels.txt"));
        var weights = new Dictionary<string, float>(StringComparer.Ordinal) { ["anger"] = 1, ["annoyance"] = 0.8f, ["disgust"] = 0.7f, ["disappointment"] = 0.6f, ["disapproval"] = 0.5f };
        string[] pleasing = ["gratitude", "joy", "love", "admiration", "relief", "approval", "caring", "optimism", "amusement", "excitement", "pride"];
        string[] unhappy = ["sadness", "grief", "remorse", "fear", "nervousness", "embarrassment", "confusion"];
        foreach (var file in (string[])["train.tsv", "dev.tsv", "test.tsv"])
        {
            foreach (var line in File.ReadLines(Path.Combine(data, "goemotions", file)))
            {
                var cells = line.Split('\t');
                var names = cells[1].Split(',').Select(i => labels[int.Parse(i, CultureInfo.InvariantCulture)]).ToArray();
                var anger = names.Max(n => weights.GetValueOrDefault(n));
                var pleased = names.Any(n => Array.IndexOf(pleasing, n) >= 0);
                yield return new WeakLine("GoEmotions", MessageLanguage.English, Plain(cells[0]))
                {
                    Anger = anger > 0 ? pleased ? null : new Mark(true, anger) : new Mark(false, names.Any(n => Array.IndexOf(unhappy, n) >= 0) ? 0.5f : 1),
                    Pleased = pleased && anger > 0 ? null : new Mark(pleased, 1),
                    Insult = anger > 0 ? null : new Mark(false, 0.3f),
                    Elsewhere = TalkElsewhere,
                };
            }
        }
    }

    private static IEnumerable<WeakLine> ReadXed(string data)
    {
        foreach (var (file, language) in ((string, MessageLanguage)[])[("en-annotated.tsv", MessageLanguage.English), ("es-projections.tsv", MessageLanguage.Spanish)])
        {
            foreach (var line in File.ReadLines(Path.Combine(data, "xed", file)))
            {
                var cells = line.Split('\t');
                if (cells.Length != 2)
                {
                    continue;
                }

                var emotions = cells[1].Split(',', StringSplitOptions.TrimEntries);
                var anger = emotions.Contains("1") || emotions.Contains("3");
                var joy = emotions.Contains("5");
                yield return new WeakLine("XED", language, Plain(cells[0]))
                {
                    Anger = anger && joy ? null : new Mark(anger, anger ? 0.5f : 0.4f),
                    Pleased = anger && joy ? null : new Mark(joy, 0.4f),
                    Elsewhere = TalkElsewhere,
                };
            }
        }

        foreach (var line in File.ReadLines(Path.Combine(data, "xed", "neu_en.txt")))
        {
            var cells = line.Split('\t');
            if (cells.Length == 2)
            {
                yield return new WeakLine("XED", MessageLanguage.English, Plain(cells[1])) { Anger = new Mark(false, 0.4f), Pleased = new Mark(false, 0.4f), Elsewhere = TalkElsewhere };
            }
        }
    }

    private static IEnumerable<WeakLine> ReadBrighter(string data)
    {
        foreach (var (file, language) in ((string, MessageLanguage)[])[("train-eng.csv", MessageLanguage.English), ("train-esp.csv", MessageLanguage.Spanish)])
        {
            foreach (var record in DelimitedText.Records(Path.Combine(data, "brighter", file)))
            {
                var anger = int.Parse(record("anger"), CultureInfo.InvariantCulture);
                var joy = record("joy") != "0";
                yield return new WeakLine("BRIGHTER", language, Plain(record("text")))
                {
                    Anger = new Mark(anger > 0, anger > 0 ? 0.6f + (0.3f * anger) : 0.7f),
                    Pleased = new Mark(joy && anger == 0, 0.7f),
                    Elsewhere = TalkElsewhere,
                };
            }
        }
    }

    private static IEnumerable<WeakLine> ReadOffendEs(string data)
    {
        foreach (var file in (string[])["training_set.tsv", "dev_set.tsv"])
        {
            foreach (var line in File.ReadLines(Path.Combine(data, "offendes", file)).Skip(1))
            {
                var cells = line.Split('\t');
                if (cells.Length != 6)
                {
                    continue;
                }

                var bare = new WeakLine("OffendES", MessageLanguage.Spanish, Plain(cells[1])) { Elsewhere = TalkElsewhere };
                yield return cells[5] switch
                {
                    "OFP" or "OFG" => bare with { Insult = new Mark(true, 1), Anger = new Mark(true, 0.6f) },
                    "NOE" => bare with { Insult = new Mark(false, 1) },
                    _ => bare with { Insult = new Mark(false, 0.5f), Anger = new Mark(false, 0.3f) },
                };
            }
        }
    }

    private static IEnumerable<WeakLine> ReadEdos(string data)
    {
        foreach (var record in DelimitedText.Records(Path.Combine(data, "edos", "edos_labelled_aggregated.csv")))
        {
            var vector = record("label_vector");
            var attacks = vector.StartsWith("1.", StringComparison.Ordinal) || vector.StartsWith("2.", StringComparison.Ordinal) || vector.StartsWith("3.1", StringComparison.Ordinal);
            if (attacks || vector == "none")
            {
                var threatens = vector.StartsWith("1.", StringComparison.Ordinal);
                yield return new WeakLine("EDOS", MessageLanguage.English, Plain(record("text")))
                {
                    Insult = attacks ? new Mark(true, 0.7f) : null,
                    Elsewhere = TalkElsewhere,
                    Signals = new Dictionary<SignalType, Mark> { [SignalType.Threat] = new Mark(threatens, threatens ? 0.5f : 0.1f) },
                };
            }
        }
    }

    private static IEnumerable<WeakLine> ReadBanking(string data)
    {
        foreach (var file in (string[])["train.csv", "test.csv"])
        {
            foreach (var record in DelimitedText.Records(Path.Combine(data, "banking77", file)))
            {
                var category = record("category");
                var line = CalmLine("Banking77", record("text"));
                yield return line with
                {
                    Signals = new Dictionary<SignalType, Mark>(line.Signals)
                    {
                        [SignalType.ChurnIntent] = new Mark(category == "terminate_account", category == "terminate_account" ? 0.4f : 0.1f),
                        [SignalType.AccountSecurity] = new Mark(Array.IndexOf(BankingFraud, category) >= 0, Array.IndexOf(BankingFraud, category) >= 0 ? 0.4f : 0.1f),
                    },
                };
            }
        }
    }

    private static IEnumerable<WeakLine> ReadMultiDogo(string data)
    {
        foreach (var file in (string[])["insurance.tsv", "media.tsv", "software.tsv"])
        {
            foreach (var line in File.ReadLines(Path.Combine(data, "multidogo", file)).Skip(1))
            {
                var cells = line.Split('\t');
                if (cells.Length >= 4)
                {
                    yield return CalmLine("MultiDoGO", cells[3]);
                }
            }
        }
    }

    private static IEnumerable<WeakLine> ReadVader(string data)
    {
        foreach (var line in File.ReadLines(Path.Combine(data, "lexicons", "vader", "vaderSentiment", "vader_lexicon.txt")))
        {
            var cells = line.Split('\t');
            var valence = double.Parse(cells[1], CultureInfo.InvariantCulture);
            if (Math.Abs(valence) < 1 || !cells[0].All(char.IsLetter))
            {
                continue;
            }

            yield return new WeakLine("VADER lexicon", MessageLanguage.English, cells[0]) { Anger = new Mark(valence < 0, 0.3f), Pleased = new Mark(valence > 0, 0.3f) };
        }
    }

    private static WeakLine CalmLine(string set, string text) => new(set, MessageLanguage.English, Plain(text))
    {
        Anger = new Mark(false, 0.3f),
        Insult = new Mark(false, 0.3f),
        Levels = new Mark(false, Calm),
        Elsewhere = TalkToADesk,
        Signals = NotInCalmTalk.ToDictionary(t => t, _ => new Mark(false, 0.1f)),
    };

    // The sets mask names and addresses each in its own way.
    private static string Plain(string text) => text
        .Replace("[NAME]", "Alex", StringComparison.Ordinal)
        .Replace("[USER]", "@user", StringComparison.Ordinal)
        .Replace("@<username>", "@user", StringComparison.Ordinal)
        .Replace("[URL]", "www.example.com", StringComparison.Ordinal)
        .Replace("\\n", "\n", StringComparison.Ordinal);
}
