using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Coaching.Training;
using DeEscalationBot.Core.Pipeline;

namespace DeEscalationBot.Plugin.Playbook;

/// <summary>Reads the training room: <c>reactions.yaml</c> of each language, and every other file beside it as a situation.</summary>
public static class PlaybookTraining
{
    private const string ReactionsFile = "reactions";

    /// <summary>Reads all situations and builds the room.</summary>
    /// <param name="directory">The folder that holds <c>es</c> and <c>en</c>: <c>prompts/training</c>.</param>
    /// <param name="pipeline">The way of a message.</param>
    /// <param name="reviewer">Reviews the trainee's messages.</param>
    /// <param name="steps">Recognises the steps in them.</param>
    /// <exception cref="PlaybookException">A file is missing or cannot be understood.</exception>
    public static TrainingRoom ReadRoom(string directory, ConversationTurnPipeline pipeline, DraftReviewer reviewer, StepRecognizer steps)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var files = new PlaybookFiles(directory);
        try
        {
            return new TrainingRoom(pipeline, reviewer, steps, Read(files, MessageLanguage.Spanish), Read(files, MessageLanguage.English));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new PlaybookException($"The training room under '{directory}' cannot be used. {e.Message}", e);
        }
    }

    private static (CustomerReactions Reactions, IReadOnlyList<TrainingSituation> Situations) Read(PlaybookFiles files, MessageLanguage language)
    {
        var reactions = files.Read<CustomerReactions>(language, ReactionsFile);
        var names = Directory.EnumerateFiles(Path.Combine(files.Directory, language.Code()), "*.yaml")
            .Select(f => Path.GetFileNameWithoutExtension(f))
            .Where(n => n != ReactionsFile)
            .Order(StringComparer.Ordinal);
        return (reactions, [.. names.Select(n => files.Read<TrainingSituation>(language, n))]);
    }
}
