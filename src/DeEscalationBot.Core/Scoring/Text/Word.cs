namespace DeEscalationBot.Core.Scoring.Text;

/// <summary>What a word of a message is made of.</summary>
public enum WordKind
{
    /// <summary>Letters, possibly with digits or signs inside that stand for letters ("m13rda", "sh!t", "f**k").</summary>
    Letters,

    /// <summary>Begins with a digit: an amount, a date, an order id.</summary>
    Number,

    /// <summary>A pictograph.</summary>
    Emoji,

    /// <summary>A web or e-mail address, or an @handle.</summary>
    Link,
}

/// <summary>One word of a message, with what it looks like to a rule and where it stands.</summary>
/// <param name="Start">Offset in the text as it came in, UTF-16 units.</param>
/// <param name="Length">Length there, with any invisible characters inside.</param>
/// <param name="Form">Lower case, without accents (ñ becomes n), apostrophes and invisible characters; letters stretched three times or more written once.</param>
/// <param name="DoubledForm">The same with stretched letters written twice ("coool" → "cool"); equal to <paramref name="Form"/> when nothing was stretched.</param>
/// <param name="Kind">What it is made of.</param>
/// <param name="Sentence">Index of its sentence in the message, from 0.</param>
/// <param name="Clause">Index of its clause in the message, from 0: commas, dashes, brackets and sentence ends divide clauses.</param>
/// <param name="IsQuoted">Stands between quotation marks.</param>
/// <param name="IsCapitals">At least two letters, all of them capitals.</param>
public sealed record Word(
    int Start,
    int Length,
    string Form,
    string DoubledForm,
    WordKind Kind,
    int Sentence,
    int Clause,
    bool IsQuoted,
    bool IsCapitals)
{
    /// <summary>The offset after the last unit.</summary>
    public int End => Start + Length;

    /// <summary>Whether letters were stretched ("nooooo").</summary>
    public bool IsStretched => !ReferenceEquals(Form, DoubledForm);
}
