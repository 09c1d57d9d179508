using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Training.Peers;

/// <summary>Texts of one kind and language, and what they are judged for.</summary>
/// <param name="Name">What the texts are called in the tables.</param>
/// <param name="Target">What they are judged for.</param>
/// <param name="Language">Spanish or English, told to everything that asks for it.</param>
/// <param name="Texts">The texts.</param>
internal sealed record Question(string Name, PeerTarget Target, MessageLanguage Language, IReadOnlyList<HeldOutText> Texts);

/// <summary>What something says of one text.</summary>
/// <param name="Score">The more, the likelier; only the order counts unless <see cref="IsCalled"/> is used.</param>
/// <param name="IsCalled">Whether it says yes, by its own threshold.</param>
internal readonly record struct Verdict(double Score, bool IsCalled);

/// <summary>What is compared: ours, or what a user would pick instead.</summary>
internal interface IContender
{
    /// <summary>Its name in the tables.</summary>
    string Name { get; }

    /// <summary>Judges the texts of a question.</summary>
    /// <returns>One verdict for each text, in order.</returns>
    IReadOnlyList<Verdict> Judge(Question question);
}
