namespace DeEscalationBot.Plugin.Scoring.MlNet;

/// <summary>Which models score messages and judge drafts, and what happens without one: section <c>Model</c>.</summary>
public sealed class ModelOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Model";

    /// <summary>The model's archive: an absolute path, or one relative to the program's folder. <c>models/frustration.zip</c> by default; its metadata stands beside it with the ending <c>.json</c>.</summary>
    public string Path { get; set; } = "models/frustration.zip";

    /// <summary>The archive of the model that judges agents' drafts, likewise. <c>models/drafts.zip</c> by default.</summary>
    public string DraftsPath { get; set; } = "models/drafts.zip";

    /// <summary>
    /// Whether the product may run without a usable model, on the signals of the playbook alone, whose frustration is not
    /// calibrated, and review drafts by phrases and examples alone. False by default: a model that is missing or damaged stops the start.
    /// </summary>
    public bool AllowSignalsOnly { get; set; }

    /// <summary>The archive as an absolute path.</summary>
    internal string FullPath => System.IO.Path.Combine(AppContext.BaseDirectory, Path);

    /// <summary>The archive for drafts as an absolute path.</summary>
    internal string FullDraftsPath => System.IO.Path.Combine(AppContext.BaseDirectory, DraftsPath);
}
