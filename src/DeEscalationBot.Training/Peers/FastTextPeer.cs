using System.Text;
using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Training.Peers;

/// <summary>fastText, supervised, over word 1–2 and character 2–5 grams, as its own program.</summary>
/// <param name="work">The folder for its files.</param>
/// <param name="keepsFit">Whether models that an earlier run left in the folder are taken.</param>
/// <param name="lessons">What there is to learn.</param>
/// <param name="progress">Hears what is being done.</param>
internal sealed class FastTextPeer(string work, bool keepsFit, Func<PeerTarget, MessageLanguage, IReadOnlyList<Lesson>> lessons, Action<string> progress) : IContender
{
    /// <summary>The program.</summary>
    public const string Program = "fasttext";

    private readonly HashSet<string> _trained = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => "fastText";

    /// <inheritdoc/>
    public IReadOnlyList<Verdict> Judge(Question question)
    {
        var model = ModelOf(question.Target, question.Language);
        var lines = PeerProcess.Run(Program, Prediction(model), [.. question.Texts.Select(t => Plain(t.Text))]);
        return [.. PeerScores.ReadFastText(lines, question.Texts.Count).Select(chance => new Verdict(chance, chance >= 0.5))];
    }

    /// <summary>The arguments that make a model tell chances of what it reads.</summary>
    public static IReadOnlyList<string> Prediction(string model) => ["predict-prob", model, "-", "2"];

    /// <summary>Trains the model of a target and language, unless this run has.</summary>
    public string ModelOf(PeerTarget target, MessageLanguage language)
    {
        var name = Path.Combine(work, $"fasttext-{target}-{language.Code()}");
        if (_trained.Add(name) && !(keepsFit && File.Exists(name + ".bin")))
        {
            var known = lessons(target, language);
            progress($"fastText: {target}, {language.Code()}, {known.Count} texts");
            File.WriteAllLines(name + ".txt", known.Select(l => $"{(l.Label ? PeerScores.Yes : PeerScores.No)} {Plain(l.Text)}"));

            // One thread: with more, no two runs give the same model.
            PeerProcess.Run(
                Program,
                [
                    "supervised", "-input", name + ".txt", "-output", name, "-wordNgrams", "2", "-minn", "2", "-maxn", "5",
                    "-dim", "50", "-bucket", "1000000", "-epoch", "10", "-lr", "0.25", "-thread", "1", "-verbose", "0",
                ],
                []);
        }

        return name + ".bin";
    }

    /// <summary>One line in small letters, with signs apart from words, as its documentation advises.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                plain.Append(Rune.ToLowerInvariant(rune));
            }
            else if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                plain.Append(' ');
            }
            else
            {
                plain.Append(' ').Append(rune).Append(' ');
            }
        }

        return plain.ToString();
    }
}
