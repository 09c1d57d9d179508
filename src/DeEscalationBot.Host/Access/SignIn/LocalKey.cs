using System.Security.Cryptography;
using System.Text;

namespace DeEscalationBot.Host.Access.SignIn;

/// <summary>A key with every scope, for trying programs out in local mode. With sign-in configured the host refuses to start with one.</summary>
public static class LocalKey
{
    /// <summary>The setting that holds it.</summary>
    public const string Setting = "Auth:LocalKey";

    /// <summary>Whether somebody showed it. Takes the same time whatever they showed.</summary>
    /// <param name="configuration">The host's configuration.</param>
    /// <param name="shown">What they showed.</param>
    public static bool Opens(IConfiguration configuration, string shown)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration[Setting] is { Length: > 0 } key
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(key)), SHA256.HashData(Encoding.UTF8.GetBytes(shown)));
    }
}
