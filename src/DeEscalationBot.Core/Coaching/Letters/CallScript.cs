using System.Globalization;
using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Core.Coaching.Letters;

/// <summary>One way on in a call.</summary>
public sealed class CallBranch
{
    /// <summary>What the customer does or says.</summary>
    public required string When { get; init; }

    /// <summary>The step that follows.</summary>
    public required string To { get; init; }
}

/// <summary>One step of a call, as written in <c>calls.yaml</c>.</summary>
public sealed class CallStepEntry
{
    /// <summary>Names the step.</summary>
    public required string Id { get; init; }

    /// <summary>What it is about.</summary>
    public required string Title { get; init; }

    /// <summary>What to do, for the agent; not said.</summary>
    public string? Do { get; init; }

    /// <summary>What to say, sentence by sentence. A sentence with a place that nothing fills is left out, and the part is asked for.</summary>
    public IReadOnlyList<string> Say { get; init; } = [];

    /// <summary>The ways on; none at the end of the call.</summary>
    public IReadOnlyList<CallBranch> Next { get; init; } = [];
}

/// <summary>The script of a call (A14): <c>calls.yaml</c> of each language.</summary>
/// <remarks>Places: <c>{name}</c>, <c>{signature}</c>, <c>{facts}</c>, <c>{actions}</c>, <c>{date}</c>, <c>{callBack}</c>.</remarks>
public sealed class CallBook
{
    /// <summary>The subject, for a file's title.</summary>
    public required string Subject { get; init; }

    /// <summary>The title of the appointment to call back, with <c>{name}</c>.</summary>
    public required string Appointment { get; init; }

    /// <summary>How a date is written.</summary>
    public required string DateFormat { get; init; }

    /// <summary>How a date with its time is written.</summary>
    public required string TimeFormat { get; init; }

    /// <summary>What joins several actions into a sentence.</summary>
    public required string And { get; init; }

    /// <summary>What is asked for each missing part.</summary>
    public required IReadOnlyDictionary<LetterPart, string> Asks { get; init; }

    /// <summary>The steps; the first one begins.</summary>
    public required IReadOnlyList<CallStepEntry> Steps { get; init; }
}

/// <summary>A step of a call with the facts in it.</summary>
/// <param name="Id">Names the step.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Do">What to do; not said.</param>
/// <param name="Say">What to say.</param>
/// <param name="Next">The ways on: what the customer does, and the step that follows.</param>
public sealed record CallStep(string Id, string Title, string? Do, IReadOnlyList<string> Say, IReadOnlyList<(string When, string To)> Next);

/// <summary>A script as far as it can be written.</summary>
/// <param name="Language">Its language.</param>
/// <param name="Subject">Its title.</param>
/// <param name="Appointment">The title of the call back.</param>
/// <param name="Steps">The steps in order; the first one begins.</param>
/// <param name="Missing">What is still missing.</param>
public sealed record CallDraft(MessageLanguage Language, string Subject, string Appointment, IReadOnlyList<CallStep> Steps, IReadOnlyList<MissingPart> Missing);

/// <summary>Writes the script of a call with its branches (A14).</summary>
/// <remarks>Only what the conversation or a person gave stands in it. Deterministic and safe for concurrent use.</remarks>
public sealed class CallScript
{
    private static readonly (string Place, LetterPart Part)[] Places =
    [
        ("{name}", LetterPart.Name), ("{signature}", LetterPart.Signature), ("{facts}", LetterPart.Facts), ("{actions}", LetterPart.Actions),
        ("{date}", LetterPart.Date), ("{callBack}", LetterPart.CallBack),
    ];

    private readonly CallBook _spanish;
    private readonly CallBook _english;

    /// <summary>Makes a writer.</summary>
    /// <param name="spanish">The Spanish script.</param>
    /// <param name="english">The English script.</param>
    /// <exception cref="ArgumentException">A branch leads to a step that does not exist, or a step cannot be reached; the message names it.</exception>
    public CallScript(CallBook spanish, CallBook english)
    {
        Check(spanish, "es");
        Check(english, "en");
        _spanish = spanish;
        _english = english;
    }

    /// <summary>Writes the script.</summary>
    /// <param name="language">Spanish unless English.</param>
    /// <param name="facts">What is known; times are written as they are given.</param>
    public CallDraft Write(MessageLanguage language, LetterFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var book = language == MessageLanguage.English ? _english : _spanish;
        var culture = CultureInfo.GetCultureInfo(language == MessageLanguage.English ? "en" : "es");
        var actions = facts.ActionLines.Select(a => char.ToLowerInvariant(a[0]) + a[1..]).ToArray();
        var values = new Dictionary<LetterPart, string?>
        {
            [LetterPart.Name] = facts.Name?.Trim(),
            [LetterPart.Signature] = facts.Signature?.ReplaceLineEndings(", ").Trim(),
            [LetterPart.Facts] = facts.Facts?.Trim().TrimEnd('.'),
            [LetterPart.Actions] = actions.Length < 2 ? actions.FirstOrDefault() : $"{string.Join(", ", actions[..^1])} {book.And} {actions[^1]}",
            [LetterPart.Date] = facts.ConfirmedDate?.ToString(book.DateFormat, culture),
            [LetterPart.CallBack] = facts.CallBack?.ToString(book.TimeFormat, culture),
        };
        var missing = new SortedSet<LetterPart>();
        var steps = book.Steps.Select(s => new CallStep(
            s.Id,
            s.Title,
            s.Do,
            [.. s.Say.Select(sentence => Fill(sentence, values, missing)).OfType<string>()],
            [.. s.Next.Select(n => (n.When, n.To))])).ToArray();
        var name = string.IsNullOrEmpty(values[LetterPart.Name]) ? "…" : values[LetterPart.Name]!;
        return new CallDraft(
            language == MessageLanguage.English ? language : MessageLanguage.Spanish,
            book.Subject,
            book.Appointment.Replace("{name}", name, StringComparison.Ordinal),
            steps,
            [.. missing.Select(p => new MissingPart(p, book.Asks[p]))]);
    }

    /// <summary>The script as paragraphs, for a file.</summary>
    /// <param name="draft">The script.</param>
    public static IReadOnlyList<LetterParagraph> Paragraphs(CallDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var titles = draft.Steps.ToDictionary(s => s.Id, s => s.Title, StringComparer.Ordinal);
        var paragraphs = new List<LetterParagraph>();
        foreach (var step in draft.Steps)
        {
            paragraphs.Add(new LetterParagraph(step.Title, IsHeading: true));
            if (step.Do is { } advice)
            {
                paragraphs.Add(new LetterParagraph($"[{advice}]"));
            }

            paragraphs.AddRange(step.Say.Select(s => new LetterParagraph(s)));
            paragraphs.AddRange(step.Next.Select(n => new LetterParagraph($"→ {n.When}: {titles[n.To]}")));
        }

        return paragraphs;
    }

    private static string? Fill(string sentence, Dictionary<LetterPart, string?> values, SortedSet<LetterPart> missing)
    {
        var isWhole = true;
        foreach (var (place, part) in Places)
        {
            if (!sentence.Contains(place, StringComparison.Ordinal))
            {
                continue;
            }

            if (string.IsNullOrWhiteSpace(values[part]))
            {
                missing.Add(part);
                isWhole = false;
            }
            else
            {
                sentence = sentence.Replace(place, values[part], StringComparison.Ordinal);
            }
        }

        return isWhole ? sentence : null;
    }

    private static void Check(CallBook book, string language)
    {
        ArgumentNullException.ThrowIfNull(book);
        var ids = book.Steps.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        if (ids.Count == 0 || ids.Count < book.Steps.Count)
        {
            throw new ArgumentException($"The script of a call ({language}) has no steps, or two with the same id.");
        }

        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<CallStepEntry>([book.Steps[0]]);
        while (open.TryPop(out var step))
        {
            if (!reached.Add(step.Id))
            {
                continue;
            }

            foreach (var next in step.Next)
            {
                open.Push(book.Steps.FirstOrDefault(s => s.Id == next.To)
                    ?? throw new ArgumentException($"The script of a call ({language}): the step '{step.Id}' leads to '{next.To}', which does not exist."));
            }
        }

        if (ids.Except(reached).FirstOrDefault() is { } lost)
        {
            throw new ArgumentException($"The script of a call ({language}): nothing leads to the step '{lost}'.");
        }
    }
}
