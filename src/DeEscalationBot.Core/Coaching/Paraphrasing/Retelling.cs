namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <summary>What a whole message tells about how to read its parts.</summary>
/// <param name="Address">How the agent speaks to the customer.</param>
/// <param name="AccentsReliable">Whether the writer sets accents.</param>
/// <param name="AddressesUs">Whether the message speaks to the company as "ustedes", "vosotros" or "you".</param>
/// <param name="IsHeated">Whether it shouts, swears or insults: then a question is mostly rhetoric.</param>
/// <param name="SpeaksAsWe">Whether the customer speaks for several ("nos", "nuestro") and never of himself alone.</param>
/// <param name="NamesOthers">Whether the message names other people, whose "su" may be; else it is the company's.</param>
/// <param name="NamesGroup">Whether it names several others together ("mis clientas"), whose "les" may be.</param>
/// <param name="TellsPast">Whether some word of it can only speak of the past, which decides forms that may be commands.</param>
internal sealed record RetellingContext(AddressForm Address, bool AccentsReliable, bool AddressesUs, bool IsHeated, bool TellsPast = false, bool SpeaksAsWe = false, bool NamesOthers = true, bool NamesGroup = false)
{
    /// <summary>What the clause before, of the same sentence, told of the customer: a form that may be "I" or another is theirs again.</summary>
    public OwnTelling GoesOn { get; init; }
}

/// <summary>What the last verb of a clause tells of the customer.</summary>
internal enum OwnTelling
{
    None,
    WhatTheyDo,
    WhatTheyDid,
}

/// <summary>A clause said back.</summary>
/// <param name="Text">The words, beginning in lower case save a name, without an ending mark.</param>
/// <param name="SpeaksOfCustomer">Whether its first verb has the customer or the company as its subject: more telling than what others did.</param>
/// <param name="EndsInThirdPerson">Whether its last verb has one other person or thing as its subject.</param>
/// <param name="IsWant">Whether it says what the customer wants.</param>
/// <param name="TextWithSubject">The same with the customer named ("usted"), for after a sentence that spoke of somebody else.</param>
/// <param name="IsFragment">Whether it holds no verb.</param>
/// <param name="LacksSubject">Whether its first verb has another person or thing as its subject that stands in the clause before.</param>
internal sealed record Retold(string Text, bool SpeaksOfCustomer, bool EndsInThirdPerson, bool IsWant, string? TextWithSubject = null, bool IsFragment = false, bool LacksSubject = false);

/// <summary>Turns clauses of one language from the customer's side to the agent's.</summary>
internal interface IRetelling
{
    // A head shorter than this tells too little of a long clause.
    private const int ShortestHead = 8;

    /// <summary>A clause that is too long to say back ends where its reasons begin; one without such a place stays as it is.</summary>
    static IReadOnlyList<MessageToken> Shortened(IReadOnlyList<MessageToken> tokens, int longest)
    {
        if (tokens.Count <= longest)
        {
            return tokens;
        }

        for (var i = longest; i >= ShortestHead; i--)
        {
            if (tokens[i].Form is "because" or "porque" or "whereas" or "mientras" || (tokens[i].Form is "which" or "who" && tokens[i].Break == TokenBreak.Comma))
            {
                return [.. tokens.Take(i)];
            }
        }

        return tokens;
    }

    /// <summary>Whether the message speaks to the company.</summary>
    bool AddressesUs(IReadOnlyList<MessageToken> tokens);

    /// <summary>Whether the writer sets accents where the language has them.</summary>
    bool SetsAccents(IReadOnlyList<MessageToken> tokens);

    /// <summary>Whether some word can only speak of the past.</summary>
    bool TellsPast(IReadOnlyList<MessageToken> tokens);

    /// <summary>Whether people other than the customer and the company are named.</summary>
    bool NamesOthers(IReadOnlyList<MessageToken> tokens);

    /// <summary>Whether a word with "please" before it begins a request.</summary>
    bool BeginsRequest(MessageToken token);

    /// <summary>Cuts the words into clauses that can be left out one by one.</summary>
    IReadOnlyList<MessageClause> Split(IReadOnlyList<MessageToken> tokens, RetellingContext context);

    /// <summary>Says a clause back, or nothing when that cannot be done with certainty.</summary>
    Retold? Retell(MessageClause clause, RetellingContext context);

    /// <summary>Beginnings of wishes whose first word is not said twice in a row ("quiere que").</summary>
    IReadOnlyList<string> WishLeads { get; }

    /// <summary>Joins facts into one sentence without its ending mark.</summary>
    string JoinFacts(IReadOnlyList<string> facts);
}
