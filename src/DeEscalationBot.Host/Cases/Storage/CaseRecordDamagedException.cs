using DeEscalationBot.Host.Hosting;

namespace DeEscalationBot.Host.Cases.Storage;

/// <summary>The record of one customer or case cannot be understood (<see cref="ErrorCodes.RecordDamaged"/>). Others are not touched.</summary>
public sealed class CaseRecordDamagedException : Exception
{
    /// <summary>Says which event is damaged.</summary>
    /// <param name="kind">Whose record.</param>
    /// <param name="id">Which.</param>
    /// <param name="sequence">The event, counted from 1.</param>
    /// <param name="what">What is wrong with it, without any words of the record.</param>
    /// <param name="innerException">What the reader reported, or nothing.</param>
    public CaseRecordDamagedException(CaseKind kind, string id, long sequence, string what, Exception? innerException = null)
        : base($"The record of the {NameOf(kind)} '{id}' is damaged at event {sequence}: {what} Restore that event from a backup; other customers and cases are not affected.", innerException)
    {
        Sequence = sequence;
        What = what;
    }

    /// <summary>The event, counted from 1.</summary>
    public long Sequence { get; }

    /// <summary>What is wrong with it, without any words of the record and without names.</summary>
    public string What { get; }

    private static string NameOf(CaseKind kind) => kind switch
    {
        CaseKind.Customer => "customer",
        CaseKind.Dismissal => "dismissal case",
        CaseKind.Departure => "departure",
        CaseKind.Proposal => "proposal",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
