using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.Training;

/// <summary>What an agent's message means for one situation: which facts it asks for, what it offers. Says nothing about good or bad: that is for the draft rules and the steps.</summary>
internal sealed class SituationPhrases
{
    private const int Refusal = 0;
    private const int HandoverNumber = 1;
    private const int FarewellNumber = 2;
    private const int Request = 3;
    private const int FirstFact = 4;

    private readonly TrainingSituation _situation;
    private readonly PhraseAutomaton _automaton;

    public SituationPhrases(TrainingSituation situation, CustomerReactions reactions)
    {
        _situation = situation;
        var builder = new PhraseAutomaton.Builder();
        Add(Refusal, reactions.Refusals);
        Add(HandoverNumber, reactions.Handover);
        Add(FarewellNumber, reactions.Farewell);
        Add(Request, reactions.Requests);
        for (var i = 0; i < situation.Facts.Count; i++)
        {
            Add(FirstFact + i, situation.Facts[i].AskedBy);
        }

        for (var i = 0; i < situation.Offers.Count; i++)
        {
            Add(FirstFact + situation.Facts.Count + i, situation.Offers[i].Phrases);
        }

        _automaton = builder.Build();

        void Add(int number, IReadOnlyList<string> phrases)
        {
            foreach (var phrase in phrases)
            {
                builder.AddPhrase(number, phrase);
            }
        }
    }

    public Understood Read(MessageReading reading)
    {
        var matches = _automaton.Find(reading);
        var refused = matches.Where(m => m.Phrase == Refusal).Select(m => reading.Words[m.FirstWord].Sentence).ToHashSet();

        // "You should have checked the tracking page" asks for nothing.
        var asks = matches.Where(m => m.Phrase == Request).Select(m => reading.Words[m.FirstWord].Sentence).ToHashSet();
        var asked = new List<CustomerFact>();
        var offered = new List<CustomerOffer>();
        var handsOver = false;
        var saysFarewell = false;
        foreach (var match in matches.OrderBy(m => m.FirstWord))
        {
            var sentence = reading.Words[match.FirstWord].Sentence;
            var place = match.Phrase - FirstFact;
            if (place >= _situation.Facts.Count)
            {
                AddOnce(offered, _situation.Offers[place - _situation.Facts.Count], refused.Contains(sentence));
            }
            else if (place >= 0)
            {
                AddOnce(asked, _situation.Facts[place], !reading.AsksQuestion[sentence] && !asks.Contains(sentence));
            }
            else
            {
                handsOver |= match.Phrase == HandoverNumber && !refused.Contains(sentence);
                saysFarewell |= match.Phrase == FarewellNumber;
            }
        }

        return new Understood(asked, offered, handsOver, saysFarewell);
    }

    private static void AddOnce<T>(List<T> found, T item, bool isLeftOut)
        where T : class
    {
        if (!isLeftOut && !found.Contains(item))
        {
            found.Add(item);
        }
    }

    public sealed record Understood(IReadOnlyList<CustomerFact> Asked, IReadOnlyList<CustomerOffer> Offered, bool HandsOver, bool SaysFarewell);
}
