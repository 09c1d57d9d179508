using System.Text.Json;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Storage.Sealing;

namespace DeEscalationBot.Host.Cases.Storage;

/// <summary>Writes the events of customers and cases into the log and reads them back.</summary>
/// <remarks>
/// The type names below are in every database there is: never rename one and never reuse one; a changed event gets a new name
/// and the old one is kept for reading. Stateless and safe for concurrent use.
/// </remarks>
public static class CaseFormat
{
    private static readonly Dictionary<string, Type> TypesByName = new(StringComparer.Ordinal)
    {
        ["customerAdded"] = typeof(CustomerAdded),
        ["contractAgreed"] = typeof(ContractAgreed),
        ["obligationAdded"] = typeof(ObligationAdded),
        ["obligationClosed"] = typeof(ObligationClosed),
        ["revenueRecorded"] = typeof(RevenueRecorded),
        ["contactRecorded"] = typeof(ContactRecorded),
        ["goodwillClaimed"] = typeof(GoodwillClaimed),
        ["obligationCorrected"] = typeof(ObligationCorrected),
        ["revenueCorrected"] = typeof(RevenueCorrected),
        ["contactCorrected"] = typeof(ContactCorrected),
        ["goodwillCorrected"] = typeof(GoodwillCorrected),
        ["entryStruck"] = typeof(EntryStruck),
        ["customerMoved"] = typeof(CustomerMoved),
        ["customerLeft"] = typeof(CustomerLeft),
        ["customerReturned"] = typeof(CustomerReturned),
        ["customerErased"] = typeof(CustomerErased),

        ["dismissalOpened"] = typeof(DismissalOpened),
        ["customerAssessed"] = typeof(CustomerAssessed),
        ["meetingOffered"] = typeof(MeetingOffered),
        ["concernsHeard"] = typeof(ConcernsHeard),
        ["reasonChosen"] = typeof(ReasonChosen),
        ["reasonDropped"] = typeof(ReasonDropped),
        ["evidenceAdded"] = typeof(EvidenceAdded),
        ["evidenceStruck"] = typeof(EvidenceStruck),
        ["warningRecorded"] = typeof(WarningRecorded),
        ["dossierCompiled"] = typeof(DossierCompiled),
        ["commentAsked"] = typeof(CommentAsked),
        ["commentGiven"] = typeof(CommentGiven),
        ["complaintTold"] = typeof(ComplaintTold),
        ["optionsAnswered"] = typeof(OptionsAnswered),
        ["moneyReckoned"] = typeof(MoneyReckoned),
        ["legalAdviceNoted"] = typeof(LegalAdviceNoted),
        ["stageEntered"] = typeof(StageEntered),
        ["dismissalAgreed"] = typeof(DismissalAgreed),
        ["caseSentBack"] = typeof(CaseSentBack),
        ["dismissalDecided"] = typeof(DismissalDecided),
        ["tellingPlanned"] = typeof(TellingPlanned),
        ["messageWritten"] = typeof(MessageWritten),
        ["messageApproved"] = typeof(MessageApproved),
        ["customerTold"] = typeof(CustomerTold),
        ["obligationAccepted"] = typeof(ObligationAccepted),
        ["appealLodged"] = typeof(AppealLodged),
        ["appealDecided"] = typeof(AppealDecided),
        ["dismissalClosed"] = typeof(DismissalClosed),
        ["customerKept"] = typeof(CustomerKept),
        ["dismissalUndone"] = typeof(DismissalUndone),
        ["dismissalReviewed"] = typeof(DismissalReviewed),
        ["dismissalErased"] = typeof(DismissalErased),

        ["departureOpened"] = typeof(DepartureOpened),
        ["relationEvaluated"] = typeof(RelationEvaluated),
        ["exitTalkHeld"] = typeof(ExitTalkHeld),
        ["endAgreed"] = typeof(EndAgreed),
        ["matrixFilled"] = typeof(MatrixFilled),
        ["handoverListed"] = typeof(HandoverListed),
        ["handoverDropped"] = typeof(HandoverDropped),
        ["handoverDone"] = typeof(HandoverDone),
        ["reportFiguresSet"] = typeof(ReportFiguresSet),
        ["testimonialAsked"] = typeof(TestimonialAsked),
        ["testimonialGiven"] = typeof(TestimonialGiven),
        ["surveyOffered"] = typeof(SurveyOffered),
        ["surveyAnswered"] = typeof(SurveyAnswered),
        ["departureMovedOn"] = typeof(DepartureMovedOn),
        ["commitmentAccepted"] = typeof(CommitmentAccepted),
        ["keysVerified"] = typeof(KeysVerified),
        ["keysChanged"] = typeof(KeysChanged),
        ["accessRevoked"] = typeof(AccessRevoked),
        ["departureClosed"] = typeof(DepartureClosed),
        ["customerStayed"] = typeof(CustomerStayed),
        ["improvementPlanned"] = typeof(ImprovementPlanned),
        ["improvementDone"] = typeof(ImprovementDone),
        ["fitJudged"] = typeof(FitJudged),
        ["departureErased"] = typeof(DepartureErased),

        ["proposalSetAside"] = typeof(ProposalSetAside),
    };

    private static readonly Dictionary<Type, string> NamesByType = TypesByName.ToDictionary(p => p.Value, p => p.Key);

    /// <summary>The names under which events are stored.</summary>
    public static IReadOnlyCollection<string> TypeNames => TypesByName.Keys;

    /// <summary>The name under which an event is stored.</summary>
    /// <param name="e">The event.</param>
    public static string NameOf(CaseEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return NamesByType[e.GetType()];
    }

    /// <summary>Makes the row of an event.</summary>
    /// <param name="key">What its words are sealed with.</param>
    /// <param name="kind">Whose event.</param>
    /// <param name="id">The customer's id, or the case's.</param>
    /// <param name="customerId">The customer.</param>
    /// <param name="sequence">The event's place, from 1.</param>
    /// <param name="e">The event.</param>
    public static CaseEventRow Write(RecordKey key, CaseKind kind, string id, string customerId, long sequence, CaseEvent e)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(e);
        return new CaseEventRow
        {
            Kind = kind,
            StreamId = id,
            Sequence = sequence,
            CustomerId = customerId,
            At = e.At,
            By = e.By,
            Type = NameOf(e),
            Payload = key.Seal(RecordPlace.Case(kind, id, sequence), JsonSerializer.Serialize(e, e.GetType(), CoreJson.Options)),
        };
    }

    /// <summary>Reads the event of a row.</summary>
    /// <param name="key">What opens it; one that was written plain needs none.</param>
    /// <param name="row">The row.</param>
    /// <exception cref="CaseRecordDamagedException">The type is not known, or the payload cannot be opened or understood.</exception>
    public static CaseEvent Read(RecordKey key, CaseEventRow row)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(row);
        if (!TypesByName.TryGetValue(row.Type, out var type))
        {
            throw new CaseRecordDamagedException(row.Kind, row.StreamId, row.Sequence, $"its type '{row.Type}' is not known to this version.");
        }

        try
        {
            return (CaseEvent?)JsonSerializer.Deserialize(key.Open(RecordPlace.Case(row.Kind, row.StreamId, row.Sequence), row.Payload), type, CoreJson.Options)
                ?? throw new CaseRecordDamagedException(row.Kind, row.StreamId, row.Sequence, "its payload is empty.");
        }
        catch (RecordKeyException e)
        {
            throw new CaseRecordDamagedException(row.Kind, row.StreamId, row.Sequence, e.Message, e);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            // The reader's message may quote the payload, which holds what people wrote: it stays out of ours.
            throw new CaseRecordDamagedException(row.Kind, row.StreamId, row.Sequence, $"its payload cannot be read as '{row.Type}'.", e);
        }
    }
}
