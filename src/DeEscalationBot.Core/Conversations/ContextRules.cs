namespace DeEscalationBot.Core.Conversations;

/// <summary>What tells how short words are meant after what was said before, as in <c>prompts/playbook/{language}/context.yaml</c>.</summary>
public sealed class ContextRules
{
    /// <summary>Named lists for <c>%name</c> in phrases.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Lists { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>An agent offers or proposes something ("le ofrezco", "would you like").</summary>
    public required IReadOnlyList<string> Offers { get; init; }

    /// <summary>An agent asks something that "no" merely answers, also where the sentence sounds like an offer ("anything else", "¿tiene el cable…"). Wins over <see cref="Offers"/>.</summary>
    public required IReadOnlyList<string> YesNoQuestions { get; init; }

    /// <summary>Words that open a question which "no" does not answer ("qué", "when").</summary>
    public required IReadOnlyList<string> OpenQuestions { get; init; }

    /// <summary>A customer refuses, and the sentence says nothing else; each phrase is anchored with <c>^</c> and <c>$</c>.</summary>
    public required IReadOnlyList<string> Refusals { get; init; }

    /// <summary>Refusals that tell by themselves that it is not the first ("tampoco", "neither").</summary>
    public required IReadOnlyList<string> FurtherRefusals { get; init; }

    /// <summary>Words that refuse beside words of the offer itself ("mañana no", "not Friday").</summary>
    public required IReadOnlyList<string> RefusalWords { get; init; }

    /// <summary>Words that may stand in such a sentence and change nothing ("el", "a", "gracias").</summary>
    public required IReadOnlyList<string> SmallWords { get; init; }

    /// <summary>Words that say that something happens once more ("otra vez", "again").</summary>
    public required IReadOnlyList<string> Again { get; init; }

    /// <summary>Phrases in which such words tell of no repeated trouble ("gracias otra vez", "try again", "ya funciona de nuevo").</summary>
    public required IReadOnlyList<string> NotAgain { get; init; }

    /// <summary>An agent announces that it is mended, or will be.</summary>
    public required IReadOnlyList<string> Fixes { get; init; }

    /// <summary>An agent asks the customer to say or send it once more.</summary>
    public required IReadOnlyList<string> AsksToRepeat { get; init; }

    /// <summary>An agent asks since when, how long, or how often.</summary>
    public required IReadOnlyList<string> AsksForTime { get; init; }

    /// <summary>Words in such a question that ask for the waiting itself ("esperando", "on hold").</summary>
    public required IReadOnlyList<string> AsksForWait { get; init; }

    /// <summary>A customer looks whether anybody is there, and the message says little else; anchored with <c>^^</c> and <c>$$</c>.</summary>
    public required IReadOnlyList<string> CallsOut { get; init; }
}
