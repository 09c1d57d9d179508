using System.CommandLine;
using System.Xml.Linq;
using DeEscalationBot.Host.Hosting;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Conversations.Storage.Sealing;

/// <summary>The verb <c>protection-keys move</c>: takes the keys of Data Protection from the folder of one host into the database, for several nodes.</summary>
/// <remarks>What they opened before they open after. The folder stays as it is, so that nothing is lost before the new settings have proved themselves.</remarks>
public static class ProtectionKeysVerb
{
    /// <summary>The verb's name.</summary>
    public const string Name = "protection-keys";
    private const string Move = "move";
    private const string Check = "check";
    private const string EncryptedSecret = "encryptedSecret";
    private const string DecryptorType = "decryptorType";

    /// <summary>Runs it.</summary>
    /// <param name="args">The program's arguments, beginning with the verb; the others are settings, among them <c>DataProtection:CertificatePath</c>.</param>
    /// <param name="output">Gets what was done.</param>
    /// <param name="errors">Gets reasons.</param>
    /// <returns>The exit code, one of <see cref="RecordVerb"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        var code = await Verbs.InvokeAsync(RootOf(output, errors), StoredIn(ProtectionKeyStore.DataDirectory, args), output, errors);

        // By their new place alone, as a node will: a record that they do not open from there is refused.
        return code == RecordVerb.Done && args is [_, Move, ..] && !args.Any(a => a is "--help" or "-h" or "-?")
            ? await Verbs.InvokeAsync(RootOf(output, errors), StoredIn(ProtectionKeyStore.Database, [Name, Check, .. args.Skip(2)]), output, errors)
            : code;
    }

    /// <summary>A key as the database is to hold it: what is plain in it is encrypted, and what is encrypted stays as it is.</summary>
    /// <param name="key">The key, or a revocation, as Data Protection writes it.</param>
    /// <param name="encryptor">Encrypts.</param>
    /// <exception cref="InvalidDataException">It is protected in a way that only one machine can undo.</exception>
    internal static XElement Encrypted(XElement key, IXmlEncryptor encryptor)
    {
        var moved = new XElement(key);
        foreach (var secret in moved.DescendantsAndSelf().Where(e => e.Name.LocalName == EncryptedSecret).ToArray())
        {
            var by = secret.Attribute(DecryptorType)?.Value ?? "";
            if (by.Contains(nameof(NullXmlDecryptor), StringComparison.Ordinal))
            {
                var sealedSecret = encryptor.Encrypt(new NullXmlDecryptor().Decrypt(secret.Elements().Single()));
                secret.SetAttributeValue(DecryptorType, sealedSecret.DecryptorType.AssemblyQualifiedName);
                secret.ReplaceNodes(sealedSecret.EncryptedElement);
            }
            else if (!by.Contains(nameof(EncryptedXmlDecryptor), StringComparison.Ordinal))
            {
                throw new InvalidDataException($"A key is protected by '{by}', which another machine cannot undo. Only keys that are plain, or encrypted by a certificate, can be moved.");
            }
        }

        return moved;
    }

    private static RootCommand RootOf(TextWriter output, TextWriter errors)
    {
        var move = RecordVerb.Command(Move, "Take the keys of the data directory into the database, encrypted by DataProtection:CertificatePath.", errors, Nothing, (services, _, cancellationToken) =>
            MoveAsync(services, output, errors, cancellationToken));
        var check = RecordVerb.Command(Check, "Whether the keys in the database open the record.", errors, Nothing, async (_, _, _) =>
        {
            await output.WriteLineAsync("From there they open the record. Start the hosts with DataProtection:KeyStore=Database, and then delete the folder.");
            return RecordVerb.Done;
        });
        check.Hidden = true;
        return new RootCommand("DeEscalationBot: the keys that open the record.") { Subcommands = { new Command(Name, "The keys of Data Protection.") { Subcommands = { move, check } } } };
    }

    private static void Nothing(IServiceCollection services, IConfiguration configuration)
    {
        // The record is all that is needed.
    }

    private static string[] StoredIn(ProtectionKeyStore store, string[] args) => [.. args, $"--{ProtectionOptions.Section}:{nameof(ProtectionOptions.KeyStore)}={store}"];

    private static async Task<int> MoveAsync(IServiceProvider services, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (services.GetRequiredService<IOptions<KeyManagementOptions>>().Value.XmlEncryptor is not CertificateXmlEncryptor encryptor)
        {
            await errors.WriteLineAsync("DataProtection:CertificatePath is missing: in the database the keys would lie beside what they open. Set a certificate with its private key (PKCS#12), the same on every node.");
            return RecordVerb.Failed;
        }

        var folder = Path.Combine(Path.GetFullPath(services.GetRequiredService<IOptions<StorageOptions>>().Value.DataDirectory), ProtectionKeys.Folder);
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.xml").Order(StringComparer.Ordinal).ToArray() : [];
        if (files.Length == 0)
        {
            await errors.WriteLineAsync($"There are no keys in '{folder}'. Name the data directory that they are in with --Storage:DataDirectory=FOLDER.");
            return RecordVerb.Failed;
        }

        await using var db = await services.GetRequiredService<IDbContextFactory<CoachDbContext>>().CreateDbContextAsync(cancellationToken);
        var there = await db.ProtectionKeys.Select(k => k.Name).ToListAsync(cancellationToken);
        var news = files.Where(f => !there.Contains(Path.GetFileNameWithoutExtension(f), StringComparer.Ordinal)).ToArray();
        db.ProtectionKeys.AddRange(news.Select(file => new ProtectionKeyRow
        {
            Name = Path.GetFileNameWithoutExtension(file),
            Xml = Encrypted(XElement.Load(file), encryptor).ToString(SaveOptions.DisableFormatting),
        }));
        await db.SaveChangesAsync(cancellationToken);
        await output.WriteLineAsync(FormattableString.Invariant($"{news.Length} keys of '{folder}' are in the database now; {files.Length - news.Length} were there already."));
        return RecordVerb.Done;
    }
}
