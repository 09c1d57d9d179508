using System.Globalization;
using System.Runtime.Loader;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(JumpedClockStartup))]

#pragma warning disable CA1050, CA1852, MA0047 // The runtime looks for a hook by this name, in no namespace.
/// <summary>Lets a host process of a test find this assembly, which is not among its own.</summary>
internal class StartupHook
{
    public static void Initialize() => AssemblyLoadContext.Default.Resolving += (context, name) =>
    {
        var file = Path.Combine(AppContext.BaseDirectory, name.Name + ".dll");
        return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
    };
}
#pragma warning restore CA1050, CA1852, MA0047

namespace DeEscalationBot.Host.Tests.Fixtures
{
    /// <summary>Gives a host process a wall clock that is ahead or behind, as if somebody had set it; its monotonic clock goes on.</summary>
    public sealed class JumpedClockStartup : IHostingStartup
    {
        private const string Offset = "TEST_CLOCK_OFFSET";

        /// <summary>The environment of a process whose clock jumped.</summary>
        public static Dictionary<string, string> EnvironmentOf(TimeSpan offset) => new()
        {
            ["DOTNET_STARTUP_HOOKS"] = typeof(JumpedClockStartup).Assembly.Location,
            ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = typeof(JumpedClockStartup).Assembly.GetName().Name!,
            [Offset] = offset.ToString("c", CultureInfo.InvariantCulture),
        };

        public void Configure(IWebHostBuilder builder)
        {
            // Tests that build a host in this process have clocks of their own.
            if (Environment.GetEnvironmentVariable(Offset) is { } text)
            {
                var offset = TimeSpan.Parse(text, CultureInfo.InvariantCulture);
                builder.ConfigureServices(services => services.AddSingleton<TimeProvider>(new Jumped(offset)));
            }
        }

        private sealed class Jumped(TimeSpan offset) : TimeProvider
        {
            public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + offset;
        }
    }
}
