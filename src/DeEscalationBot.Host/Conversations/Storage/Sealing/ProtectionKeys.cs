using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using DeEscalationBot.Host.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Conversations.Storage.Sealing;

/// <summary>Where the keys of Data Protection are kept.</summary>
public enum ProtectionKeyStore
{
    /// <summary>In the folder <c>keys</c> of the data directory. The default.</summary>
    DataDirectory,

    /// <summary>In the database, for several nodes. Needs a certificate: beside what they open, plain keys protect nothing.</summary>
    Database,
}

/// <summary>A certificate with its private key, in a file.</summary>
public sealed class CertificateFile
{
    /// <summary>The file (PKCS#12).</summary>
    public string Path { get; set; } = "";

    /// <summary>Its password; empty when it has none.</summary>
    public string Password { get; set; } = "";
}

/// <summary>How the keys of Data Protection are kept, which wrap those of the record and sign sessions (section <c>DataProtection</c>).</summary>
public sealed class ProtectionOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "DataProtection";

    /// <summary>Where they are: <see cref="ProtectionKeyStore.DataDirectory"/> by default.</summary>
    public ProtectionKeyStore KeyStore { get; set; }

    /// <summary>A certificate that encrypts them (PKCS#12 with its private key); without one, who may read the files is what protects them.</summary>
    public string CertificatePath { get; set; } = "";

    /// <summary>The certificate's password; empty when it has none.</summary>
    public string CertificatePassword { get; set; } = "";

    /// <summary>Certificates of before, which still open what they encrypted.</summary>
    public IList<CertificateFile> PreviousCertificates { get; } = [];
}

/// <summary>Registers Data Protection.</summary>
public static class ProtectionKeys
{
    /// <summary>The folder of the keys within the data directory.</summary>
    public const string Folder = "keys";

    // Never changed: it is part of what is wrapped, for the host and its verbs alike, wherever they are called from.
    private const string Application = "DeEscalationBot";

    /// <summary>Registers it. What protects the keys is decided here and said in <c>docs/privacy.md</c>.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The host's configuration, from its root.</param>
    /// <exception cref="StartRefusedException">A certificate cannot be used.</exception>
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var options = configuration.GetSection(ProtectionOptions.Section).Get<ProtectionOptions>() ?? new ProtectionOptions();
        services.AddOptions<ProtectionOptions>().Bind(configuration.GetSection(ProtectionOptions.Section))
            .Validate(o => Enum.IsDefined(o.KeyStore), "DataProtection:KeyStore may be DataDirectory or Database.")
            .Validate(
                o => o.KeyStore != ProtectionKeyStore.Database || o.CertificatePath.Length > 0,
                "DataProtection:KeyStore is Database, but DataProtection:CertificatePath is missing. In the database the keys would lie beside what they open: set a certificate, or leave them in the data directory.")
            .ValidateOnStart();
        var builder = services.AddDataProtection().SetApplicationName(Application);
        var certificate = options.CertificatePath.Length == 0 ? null : Load("DataProtection:CertificatePath", options.CertificatePath, options.CertificatePassword);
        if (certificate is not null)
        {
            builder.UnprotectKeysWithAnyCertificate([certificate, .. options.PreviousCertificates.Select(c => Load("DataProtection:PreviousCertificates", c.Path, c.Password))]);
        }

        // By the setting, and not by the folder itself: these options are asked for while the host is built, by `doctor` too, which takes and makes no folder.
        services.AddOptions<KeyManagementOptions>().Configure<IServiceProvider, IOptions<StorageOptions>, ILoggerFactory>((keys, provider, storage, loggers) =>
        {
            keys.XmlRepository = options.KeyStore == ProtectionKeyStore.Database
                ? new DatabaseKeys(provider)
                : new FileSystemXmlRepository(new DirectoryInfo(Path.Combine(Path.GetFullPath(storage.Value.DataDirectory), Folder)), loggers);

            // Said once in the documentation, and not at every start: without a certificate the files are their owner's alone, and that is the protection.
            keys.XmlEncryptor = certificate is null ? new NullXmlEncryptor() : new CertificateXmlEncryptor(certificate, loggers);
        });
    }

    /// <summary>Reads a certificate with its private key.</summary>
    /// <param name="setting">The setting that names it.</param>
    /// <param name="path">The file.</param>
    /// <param name="password">Its password.</param>
    /// <exception cref="StartRefusedException">It cannot be used.</exception>
    internal static X509Certificate2 Load(string setting, string path, string password)
    {
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password);
            return certificate.HasPrivateKey ? certificate : throw new StartRefusedException(ErrorCodes.BadSetting, $"{setting}: '{path}' has no private key. Export the certificate with it (PKCS#12).");
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartRefusedException(ErrorCodes.BadSetting, $"{setting}: '{path}' cannot be read as a certificate with a private key (PKCS#12): {e.Message} Look at the path and the password.", e);
        }
    }

    // Asked for rarely and not by requests: at start, and when a key is made. The provider is asked late, because the database itself needs the settings.
    private sealed class DatabaseKeys(IServiceProvider services) : IXmlRepository
    {
        private IDbContextFactory<CoachDbContext> Contexts => services.GetRequiredService<IDbContextFactory<CoachDbContext>>();

        public IReadOnlyCollection<XElement> GetAllElements()
        {
            using var db = Contexts.CreateDbContext();
            return [.. db.ProtectionKeys.AsNoTracking().OrderBy(k => k.Name).Select(k => k.Xml).AsEnumerable().Select(xml => XElement.Parse(xml))];
        }

        public void StoreElement(XElement element, string friendlyName)
        {
            using var db = Contexts.CreateDbContext();
            db.ProtectionKeys.Add(new ProtectionKeyRow { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
            db.SaveChanges();
        }
    }
}
