namespace DeEscalationBot.Plugin.Playbook;

/// <summary>Where the playbook is: section <c>Playbook</c>.</summary>
public sealed class PlaybookOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Playbook";

    /// <summary>The folder that holds <c>es</c> and <c>en</c>: an absolute path, or one relative to the program's folder. <c>prompts/playbook</c> by default.</summary>
    public string Directory { get; set; } = "prompts/playbook";

    /// <summary>The folder as an absolute path.</summary>
    internal string FullDirectory => Path.Combine(AppContext.BaseDirectory, Directory);
}
