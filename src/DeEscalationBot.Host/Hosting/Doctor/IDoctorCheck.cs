namespace DeEscalationBot.Host.Hosting.Doctor;

/// <summary>How bad a finding is.</summary>
public enum DoctorVerdict
{
    /// <summary>Nothing to do.</summary>
    Ok,

    /// <summary>It works, but not for long, or not as well as it could.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Failed,
}

/// <summary>What a check found: a sentence for a person, which for anything but <see cref="DoctorVerdict.Ok"/> says what to do.</summary>
/// <param name="Verdict">How bad it is.</param>
/// <param name="Detail">The sentence. Names settings, never their secret values.</param>
public sealed record DoctorFinding(DoctorVerdict Verdict, string Detail)
{
    /// <summary>Nothing to do.</summary>
    /// <param name="detail">What was looked at.</param>
    public static DoctorFinding Ok(string detail) => new(DoctorVerdict.Ok, detail);

    /// <summary>Something to see to.</summary>
    /// <param name="detail">What, and what to do.</param>
    public static DoctorFinding Warning(string detail) => new(DoctorVerdict.Warning, detail);

    /// <summary>Something that keeps the host, or a part of it, from working.</summary>
    /// <param name="detail">What, and what to do.</param>
    public static DoctorFinding Failed(string detail) => new(DoctorVerdict.Failed, detail);
}

/// <summary>Looks at one thing that the host depends on, beside a host that may be running. Changes nothing.</summary>
/// <remarks>A stage that depends on something of its own registers a check as a singleton of this type. An exception is a finding, too: its message is shown.</remarks>
public interface IDoctorCheck
{
    /// <summary>What is looked at, in a word or two.</summary>
    string Name { get; }

    /// <summary>Looks.</summary>
    /// <param name="cancellationToken">The person does not want to wait.</param>
    /// <returns>At least one finding.</returns>
    Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken);
}
