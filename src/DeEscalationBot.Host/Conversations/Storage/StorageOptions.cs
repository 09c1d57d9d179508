namespace DeEscalationBot.Host.Conversations.Storage;

/// <summary>The database products that the record can be kept in.</summary>
public enum StorageProvider
{
    /// <summary>An embedded file: one machine, nothing to install. The default.</summary>
    Sqlite,

    /// <summary>PostgreSQL: for production and for more than one machine.</summary>
    Postgres,
}

/// <summary>Where the record is kept (section <c>Storage</c>).</summary>
public sealed class StorageOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Storage";

    /// <summary>The name of the connection string that overrides the database: <c>ConnectionStrings:Coach</c>.</summary>
    public const string ConnectionName = "Coach";

    /// <summary>The database product: <see cref="StorageProvider.Sqlite"/> by default. PostgreSQL needs the connection string.</summary>
    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>
    /// The folder for everything that the host keeps: database and keys. <c>data</c> by default; a relative path starts at the
    /// working directory. Created for its owner alone when missing. One host at a time may use it.
    /// </summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>Whether texts are sealed before they are written: on by default. What was written before stays as it was written, and is read either way.</summary>
    public bool Encrypt { get; set; } = true;
}
