namespace DeEscalationBot.Host.Hosting;

/// <summary>The stable codes of what can go wrong outside the rules: in logs, in ProblemDetails (<c>code</c>) and at start.</summary>
public static class ErrorCodes
{
    /// <summary>A setting has a value that cannot be used. The host does not start.</summary>
    public const string BadSetting = "DEB0001";

    /// <summary>Another host uses the data directory or the database file. The host does not start.</summary>
    public const string DataDirectoryInUse = "DEB0002";

    /// <summary>The data directory or the database cannot be opened or brought up to date. The host does not start.</summary>
    public const string RecordNotOpened = "DEB0003";

    /// <summary>The address is taken by another program. The host does not start.</summary>
    public const string AddressInUse = "DEB0004";

    /// <summary>The playbook or the model cannot be read. The host does not start.</summary>
    public const string KnowledgeNotRead = "DEB0005";

    /// <summary>A newer version of the product has changed the database. The host does not start.</summary>
    public const string RecordFromNewerVersion = "DEB0006";

    /// <summary>The record is encrypted with keys that this host does not have. The host does not start.</summary>
    public const string RecordKeysMissing = "DEB0007";

    /// <summary>One conversation's record cannot be understood. The others go on.</summary>
    public const string RecordDamaged = "DEB0101";

    /// <summary>The record cannot be written or read now. What was not acknowledged may be sent again.</summary>
    public const string RecordUnavailable = "DEB0102";

    /// <summary>The conversation was erased. Its id is not used again.</summary>
    public const string ConversationErased = "DEB0103";

    /// <summary>A defect of the product: the log has the details.</summary>
    public const string Defect = "DEB0900";
}
