namespace DeEscalationBot.Host.Hosting.Settings;

/// <summary>Where the settings come from, for the host and its verbs alike: <c>appsettings.json</c> beside the program, then secrets in files, environment variables and the command line. The later one counts.</summary>
public static class HostSettings
{
    /// <summary>The folder of the secrets: a file each, called like the setting with <c>__</c> for the colon (<c>SignIn__ClientSecret</c>). By default that of systemd's credentials (<c>LoadCredential</c>), if there are any.</summary>
    public const string SecretsDirectory = "Secrets:Directory";

    // Where systemd puts a service's credentials.
    private const string Credentials = "CREDENTIALS_DIRECTORY";

    private const string File = "appsettings.json";

    /// <summary>Reads them, for a verb.</summary>
    /// <param name="args">The command line.</param>
    /// <exception cref="StartRefusedException">The secrets cannot be read.</exception>
    public static IConfigurationRoot Read(string[] args)
    {
        var settings = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, File), optional: true);
        Add(settings, args);
        return settings.Build();
    }

    /// <summary>Adds what counts more than <c>appsettings.json</c>.</summary>
    /// <param name="settings">Where to add it.</param>
    /// <param name="args">The command line.</param>
    /// <exception cref="StartRefusedException">The secrets cannot be read.</exception>
    public static void Add(IConfigurationBuilder settings, string[] args)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (SecretsFolder(args) is { } folder)
        {
            settings.AddKeyPerFile(source =>
            {
                source.FileProvider = new Microsoft.Extensions.FileProviders.PhysicalFileProvider(folder);

                // What a mount adds for itself, such as Kubernetes' ..data.
                source.IgnoreCondition = name => name.StartsWith('.');
            });
        }

        AddOuter(settings, args);
    }

    private static IConfigurationBuilder AddOuter(IConfigurationBuilder settings, string[] args) =>
        settings.AddEnvironmentVariables("ASPNETCORE_").AddEnvironmentVariables().AddCommandLine(args);

    private static string? SecretsFolder(string[] args)
    {
        var named = AddOuter(new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, File), optional: true), args).Build()[SecretsDirectory];
        if (string.IsNullOrWhiteSpace(named))
        {
            return Environment.GetEnvironmentVariable(Credentials) is { Length: > 0 } credentials && Directory.Exists(credentials) ? Checked(Credentials, credentials) : null;
        }

        return Checked(SecretsDirectory, Path.GetFullPath(named));
    }

    // A host without one of its secrets would start, and fail at the first sign-in.
    private static string Checked(string setting, string folder)
    {
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder))
            {
                System.IO.File.OpenRead(file).Dispose();
            }

            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(ErrorCodes.BadSetting, $"{setting}: the secrets in '{folder}' cannot be read: {e.Message} Give the folder and its files to the user that the host runs as, and to nobody else.", e);
        }
    }
}
