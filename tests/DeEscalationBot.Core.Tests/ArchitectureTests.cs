using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using DeEscalationBot.Core.Pipeline;
using DeEscalationBot.Plugin;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace DeEscalationBot.Core.Tests;

/// <summary>The walls of docs/architecture.md. A failing test here means: move the code, not the wall.</summary>
public sealed partial class ArchitectureTests
{
    // In the order in which a message travels: a stage may use those before it, never those after it.
    // Cases stand beside the way: they may use every stage, and no stage knows of them.
    private static readonly string[] Stages = ["Channels", "Scoring", "Conversations", "Coaching", "Escalation", "Delivery", "Cases"];

    // A conversation's state holds what later stages decided, as plain records of theirs; it calls none of their rules.
    private static readonly string[] RecordsOfLaterStages =
    [
        "DeEscalationBot.Core.Coaching.Suggestion", "DeEscalationBot.Core.Coaching.ConversationStep", "DeEscalationBot.Core.Coaching.DraftReview.DraftFinding",
        "DeEscalationBot.Core.Coaching.DraftReview.FindingSeverity", "DeEscalationBot.Core.Coaching.DraftReview.SetAsideAdvice",
        "DeEscalationBot.Core.Escalation.Alert", "DeEscalationBot.Core.Escalation.AlertState", "DeEscalationBot.Core.Escalation.AlertUrgency",
        "DeEscalationBot.Core.Escalation.AlertDismissal", "DeEscalationBot.Core.Escalation.AlertNote", "DeEscalationBot.Core.Escalation.AlertWait",
        "DeEscalationBot.Core.Escalation.AlertWaitCause", "DeEscalationBot.Core.Escalation.EscalationDecision", "DeEscalationBot.Core.Escalation.EscalationTrigger",
    ];

    private static readonly System.Reflection.Assembly CoreAssembly = typeof(ConversationTurnPipeline).Assembly;
    private static readonly Architecture Loaded = new ArchLoader().LoadAssemblies(CoreAssembly, typeof(DeEscalationServices).Assembly).Build();

    [Fact]
    public void Core_References_OnlyTheRuntime() =>
        Assert.All(CoreAssembly.GetReferencedAssemblies(), a => Assert.StartsWith("System.", a.Name!, StringComparison.Ordinal));

    [Fact]
    public void Stages_DependOnNoLaterStage()
    {
        var faults = new List<string>();
        foreach (var type in Loaded.Types.Where(t => SpaceOf(t).StartsWith("DeEscalationBot.Core.", StringComparison.Ordinal)))
        {
            var own = StageOf(SpaceOf(type));
            if (own < 0)
            {
                continue;
            }

            foreach (var target in type.Dependencies.Select(d => d.Target).DistinctBy(t => t.FullName))
            {
                if (StageOf(SpaceOf(target)) > own && !RecordsOfLaterStages.Contains(target.FullName))
                {
                    faults.Add($"{type.FullName} → {target.FullName}");
                }
            }
        }

        Assert.Empty(faults.Distinct());
    }

    [Fact]
    public void Core_Types_CarryNoSerializerAttributes() =>
        Assert.All(
            CoreAssembly.GetTypes().SelectMany(t => t.GetCustomAttributesData().Concat(t.GetMembers().SelectMany(m => m.GetCustomAttributesData()))),
            a => Assert.DoesNotContain("Serialization", a.AttributeType.Namespace ?? string.Empty, StringComparison.Ordinal));

    [Fact]
    public void MachineLearning_StaysInItsFolder() =>
        Assert.Empty(Loaded.Types
            .Where(t => SpaceOf(t).StartsWith("DeEscalationBot.Plugin", StringComparison.Ordinal) && !SpaceOf(t).Contains(".Scoring.MlNet", StringComparison.Ordinal))
            .Where(t => t.Dependencies.Any(d => SpaceOf(d.Target).StartsWith("Microsoft.ML", StringComparison.Ordinal)))
            .Select(t => t.FullName));

    [Fact]
    public void SemanticKernel_StaysInItsFolderAndThePlugin() =>
        Assert.Empty(Loaded.Types
            .Where(t => SpaceOf(t).StartsWith("DeEscalationBot.Plugin", StringComparison.Ordinal) && !SpaceOf(t).Contains(".LanguageModel", StringComparison.Ordinal) && !t.FullName.StartsWith(typeof(DeEscalationPlugin).FullName!, StringComparison.Ordinal))
            .Where(t => t.Dependencies.Any(d => SpaceOf(d.Target).StartsWith("Microsoft.SemanticKernel", StringComparison.Ordinal) || SpaceOf(d.Target).StartsWith("OpenAI", StringComparison.Ordinal)))
            .Select(t => t.FullName));

    [Fact]
    public void Names_SayWhatATypeDoes() =>
        Types().That().ResideInNamespaceMatching(@"^DeEscalationBot\.").Should().NotHaveNameMatching("(Helper|Manager|Utils|Utility|Common|Extensions)$")
            .WithoutRequiringPositiveResults().HasNoViolations(Loaded);

    [Fact]
    public void Namespaces_AreProjectAndFolder()
    {
        var root = Repository.Root;
        var faults = new List<string>();
        foreach (var project in Directory.GetDirectories(Path.Combine(root, "src")))
        {
            var name = Path.GetFileName(project);
            foreach (var file in Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories))
            {
                var folder = Path.GetRelativePath(project, Path.GetDirectoryName(file)!);
                if (folder.StartsWith("bin", StringComparison.Ordinal) || folder.StartsWith("obj", StringComparison.Ordinal) || folder.Contains("Migrations", StringComparison.Ordinal))
                {
                    continue;
                }

                var expected = folder == "." ? name : $"{name}.{folder.Replace(Path.DirectorySeparatorChar, '.')}";
                var match = NamespaceLine().Match(File.ReadAllText(file));
                if (match.Success && match.Groups[1].Value != expected)
                {
                    faults.Add($"{Path.GetRelativePath(root, file)}: {match.Groups[1].Value}");
                }
            }
        }

        Assert.Empty(faults);
    }

    // Types that the compiler makes have no namespace.
    private static string SpaceOf(IType type) => type.Namespace?.FullName ?? string.Empty;

    private static int StageOf(string space)
    {
        var parts = space.Split('.');
        return parts.Length > 2 && parts[0] == "DeEscalationBot" && parts[1] == "Core" ? Array.IndexOf(Stages, parts[2]) : -1;
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex NamespaceLine();
}
