using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.DraftReview;

/// <summary>Judges one sentence of a draft by its likeness to examples: a logistic regression for each rule, fitted when the playbook is read.</summary>
/// <remarks>
/// Phrases find what somebody thought of; examples find its neighbours. A fit takes a fraction of a second and depends on nothing but
/// the examples and their order, so that whoever edits them sees the effect at the next start, without a training run. Immutable.
/// </remarks>
internal sealed class ExampleJudge
{
    // Chosen on the development drafts; more passes only learn the examples by heart.
    private const int Passes = 30;
    private const double Rate = 0.35;
    private const double Decay = 0.00002;

    // An example of another rule is a weak counterexample only: many a sentence breaks two rules.
    private const double WeightOfOtherRules = 0.25;

    private const int TimesOfOwnSentences = 3;

    // Longer words are also known by their beginning, so that "instaló" lends to "instalaste".
    private const int StemLength = 5;

    // A sentence is counted to a second rule only when its likeness to that one is beyond doubt.
    private const double SureBeside = 0.85;

    private readonly Dictionary<string, int> _features = new(StringComparer.Ordinal);
    private readonly string[] _rules;
    private readonly int[] _placeOf;
    private readonly double[] _thresholds;
    private readonly double _threshold;

    // One head for each rule, and a last one that tells any fault from none.
    private readonly double[][] _weights;
    private readonly double[] _bias;
    private readonly WordList _topics;
    private readonly (string Name, WordList Words, string[] Endings)[] _kinds;
    private readonly bool _isFitted;

    public ExampleJudge(DraftExampleSet examples, IEnumerable<string> ownSentences, WordList topics)
    {
        _topics = topics;
        _kinds = [.. examples.Kinds.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => (
            k.Key,
            new WordList(k.Value.Where(w => !w.StartsWith('*'))),
            k.Value.Where(w => w.StartsWith('*')).Select(w => MessageReading.FormOf(w[1..])).ToArray()))];
        _threshold = examples.Threshold;
        _rules = [.. examples.Rules.Keys.Order(StringComparer.Ordinal)];
        _placeOf = [.. _rules.Select(r => JudgedRules.OfPassages.IndexOf(r))];
        _thresholds = [.. _rules.Select(r => examples.Thresholds.GetValueOrDefault(r, examples.Threshold))];
        var samples = new List<(int Rule, int[] Features)>();
        for (var rule = 0; rule < _rules.Length; rule++)
        {
            samples.AddRange(Lines(examples.Rules[_rules[rule]]).Select(l => (rule, FeaturesOf(l))));
        }

        samples.AddRange(Lines(examples.Harmless).Select(l => (-1, FeaturesOf(l))));

        // What a suggestion puts into a draft must never be found in it: it stands three times among the harmless ones.
        foreach (var sentence in ownSentences.Distinct(StringComparer.Ordinal))
        {
            var features = FeaturesOf(sentence);
            samples.AddRange(Enumerable.Repeat((-1, features), TimesOfOwnSentences));
        }

        _weights = new double[_rules.Length + 1][];
        _bias = new double[_rules.Length + 1];
        for (var rule = 0; rule <= _rules.Length; rule++)
        {
            _weights[rule] = new double[_features.Count];
            Fit(rule, samples);
        }

        _isFitted = true;
    }

    /// <summary>The rules that a sentence breaks by its likeness to examples, with the chance of each.</summary>
    /// <param name="reading">The draft.</param>
    /// <param name="first">Index of the sentence's first word.</param>
    /// <param name="last">Index of its last word, included.</param>
    public IEnumerable<(string Rule, double Chance)> Judge(MessageReading reading, int first, int last)
    {
        var features = FeaturesOf(reading, first, last);
        if (Chance(_rules.Length, features) < _threshold)
        {
            yield break;
        }

        var chances = new double[_rules.Length];
        for (var rule = 0; rule < _rules.Length; rule++)
        {
            chances[rule] = Chance(rule, features);
        }

        var most = chances.Max();
        for (var rule = 0; rule < _rules.Length; rule++)
        {
            if (chances[rule] >= _thresholds[rule] && (chances[rule] == most || chances[rule] >= SureBeside))
            {
                yield return (_rules[rule], chances[rule]);
            }
        }
    }

    /// <summary>How alike a sentence is to the examples of each rule, in log-odds; rules without examples are left as they are.</summary>
    /// <param name="reading">The draft.</param>
    /// <param name="first">Index of the sentence's first word.</param>
    /// <param name="last">Index of its last word, included.</param>
    /// <param name="logits">In the order of <see cref="JudgedRules.OfPassages"/>, then that of any rule.</param>
    public void Measure(MessageReading reading, int first, int last, double[] logits)
    {
        var features = FeaturesOf(reading, first, last);
        for (var rule = 0; rule < _rules.Length; rule++)
        {
            if (_placeOf[rule] >= 0)
            {
                logits[_placeOf[rule]] = Logit(rule, features);
            }
        }

        logits[^1] = Logit(_rules.Length, features);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private void Fit(int rule, List<(int Rule, int[] Features)> samples)
    {
        var any = rule == _rules.Length;
        bool IsPositive(int label) => any ? label >= 0 : label == rule;
        var positives = samples.Count(s => IsPositive(s.Rule));
        if (positives == 0)
        {
            return;
        }

        var weights = _weights[rule];
        var squares = new double[weights.Length];
        var biasSquare = 0.0;
        var mass = samples.Sum(s => IsPositive(s.Rule) ? 0 : s.Rule < 0 ? 1 : WeightOfOtherRules);
        var positiveWeight = any ? Math.Min(1, mass / positives) : Math.Clamp(mass / positives * 0.5, 1, 6);
        for (var pass = 0; pass < Passes; pass++)
        {
            // A stride that shares no factor with the count visits every sample once, in an order that mixes the rules.
            var stride = 7919 % samples.Count == 0 ? 1 : 7919;
            for (var n = 0; n < samples.Count; n++)
            {
                var (label, features) = samples[(int)((long)n * stride % samples.Count)];
                if (features.Length == 0)
                {
                    continue;
                }

                var target = IsPositive(label) ? 1.0 : 0.0;
                var importance = IsPositive(label) ? positiveWeight : label < 0 ? 1 : WeightOfOtherRules;
                var slope = importance * (Chance(rule, features) - target);
                biasSquare += slope * slope;
                _bias[rule] -= Rate * slope / (1 + Math.Sqrt(biasSquare));
                var part = slope / Math.Sqrt(features.Length);
                foreach (var feature in features)
                {
                    squares[feature] += part * part;
                    weights[feature] -= (Rate * part / (0.1 + Math.Sqrt(squares[feature]))) + (Decay * weights[feature]);
                }
            }
        }
    }

    private double Chance(int rule, int[] features) => features.Length == 0 ? 0 : 1 / (1 + Math.Exp(-Logit(rule, features)));

    private double Logit(int rule, int[] features)
    {
        var sum = 0.0;
        foreach (var feature in features)
        {
            sum += _weights[rule][feature];
        }

        return _bias[rule] + (sum / Math.Sqrt(Math.Max(1, features.Length)));
    }

    private int[] FeaturesOf(string text)
    {
        var reading = MessageReading.Of(text);
        return reading.Words.Count == 0 ? [] : FeaturesOf(reading, 0, reading.Words.Count - 1);
    }

    private int[] FeaturesOf(MessageReading reading, int first, int last)
    {
        var features = new HashSet<int>();
        var before = "^";
        var beforeThat = string.Empty;
        for (var i = first; i <= last; i++)
        {
            var word = reading.Words[i];
            var form = word.Kind switch
            {
                WordKind.Letters => _topics.Contains(word.Form) ? "@" : word.Form,
                WordKind.Number => "#",
                WordKind.Emoji or WordKind.Link => "*",
                _ => throw new InvalidOperationException("A kind of word has no meaning."),
            };
            Add(features, form);
            if (form.Length > StemLength)
            {
                Add(features, form[..StemLength] + "~");
            }

            Add(features, before + " " + form);
            if (beforeThat.Length > 0)
            {
                Add(features, beforeThat + " _ " + form);
                Add(features, beforeThat + " " + before + " " + form);
            }

            beforeThat = before;
            before = form;
        }

        Add(features, before + " $");
        AddKinds(features, reading, first, last);
        if (reading.AsksQuestion[reading.Words[last].Sentence])
        {
            Add(features, "?");
        }

        return [.. features];
    }

    // What sort of words stand in which order, whatever stands between them: "you … not … read". So one example speaks for every
    // verb of its sort.
    private void AddKinds(HashSet<int> features, MessageReading reading, int first, int last)
    {
        if (_kinds.Length == 0)
        {
            return;
        }

        var before = "^";
        var beforeThat = string.Empty;
        for (var i = first; i <= last; i++)
        {
            var kind = KindOf(reading.Words[i]);
            if (kind is null || kind == before)
            {
                continue;
            }

            Add(features, "=" + kind);
            Add(features, "=" + before + " " + kind);
            if (beforeThat.Length > 0)
            {
                Add(features, "=" + beforeThat + " " + before + " " + kind);
                Add(features, "=" + beforeThat + " _ " + kind);
            }

            beforeThat = before;
            before = kind;
        }
    }

    private string? KindOf(Word word)
    {
        if (word.Kind != WordKind.Letters)
        {
            return word.Kind == WordKind.Number ? "#" : null;
        }

        foreach (var (name, words, endings) in _kinds)
        {
            if (words.Contains(word.Form) || Array.Exists(endings, e => word.Form.Length > e.Length + 1 && word.Form.EndsWith(e, StringComparison.Ordinal)))
            {
                return name;
            }
        }

        return null;
    }

    private void Add(HashSet<int> features, string feature)
    {
        if (_features.TryGetValue(feature, out var index))
        {
            features.Add(index);
        }
        else if (!_isFitted)
        {
            _features[feature] = _features.Count;
            features.Add(_features.Count - 1);
        }
    }
}
