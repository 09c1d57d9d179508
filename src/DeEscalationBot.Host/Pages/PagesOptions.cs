namespace DeEscalationBot.Host.Pages;

/// <summary>How the pages are shown and where they may be embedded: section <c>Pages</c>.</summary>
public sealed class PagesOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Pages";

    /// <summary>
    /// The origins of the live-chat desks that may hold the sidebar in a frame and get what the agent inserts, for instance
    /// <c>https://desk.example.com</c>. Desks on this machine (loopback, any port) may always. Empty by default.
    /// </summary>
    public IList<string> Desks { get; } = [];

    /// <summary>How long the draft box waits after the last key before it reviews: 250 ms by default, 50 ms to 5 s.</summary>
    public TimeSpan DraftPause { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The shortest legal <see cref="DraftPause"/>.</summary>
    public static readonly TimeSpan ShortestDraftPause = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest legal <see cref="DraftPause"/>.</summary>
    public static readonly TimeSpan LongestDraftPause = TimeSpan.FromSeconds(5);

    /// <summary>Whether a page of an origin may hold the sidebar in a frame and get its text.</summary>
    /// <param name="origin">The origin as a browser writes it: scheme, host, and the port when it is not the usual one.</param>
    public bool Allows(string? origin) =>
        TryReadOrigin(origin, out var uri) && (uri.IsLoopback || Desks.Any(d => TryReadOrigin(d, out var desk) && desk == uri));

    /// <summary>Reads an origin: http or https, a host, perhaps a port, and nothing else.</summary>
    /// <param name="origin">The text.</param>
    /// <param name="uri">The origin.</param>
    internal static bool TryReadOrigin(string? origin, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Uri? uri) =>
        Uri.TryCreate(origin, UriKind.Absolute, out uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.PathAndQuery == "/" && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
        && !origin!.EndsWith('/');
}
