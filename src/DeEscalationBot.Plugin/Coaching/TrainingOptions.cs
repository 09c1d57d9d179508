namespace DeEscalationBot.Plugin.Coaching;

/// <summary>Where the situations of the training room are: section <c>Training</c>.</summary>
public sealed class TrainingOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Training";

    /// <summary>The folder that holds <c>es</c> and <c>en</c>: an absolute path, or one relative to the program's folder. <c>prompts/training</c> by default.</summary>
    public string Directory { get; set; } = "prompts/training";

    /// <summary>The folder as an absolute path.</summary>
    internal string FullDirectory => Path.Combine(AppContext.BaseDirectory, Directory);
}
