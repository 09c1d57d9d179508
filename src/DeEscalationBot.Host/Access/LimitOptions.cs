namespace DeEscalationBot.Host.Access;

/// <summary>How many requests a caller may send: section <c>Limits</c>. Before people sign in there is no limit.</summary>
public sealed class LimitOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Limits";

    /// <summary>Requests a second of one key, on average: 200; 1 to 100,000.</summary>
    public int PerKey { get; set; } = 200;

    /// <summary>Requests a second of one person, on average: 20; 1 to 100,000.</summary>
    public int PerPerson { get; set; } = 20;

    /// <summary>Requests a second of one address from which nobody is known, on average: 20; 1 to 100,000. Customers' chats by Direct Line are among them.</summary>
    public int PerAddress { get; set; } = 20;

    /// <summary>Requests a minute that one address may send with a key, a secret or a sign-in that opens nothing: 60; 1 to 100,000. Then what has opened nothing before waits; who has got in goes on.</summary>
    public int RefusedPerMinute { get; set; } = 60;

    /// <summary>For how many seconds' worth of requests somebody may come at once: 5; 1 to 100,000.</summary>
    public int Burst { get; set; } = 5;
}
