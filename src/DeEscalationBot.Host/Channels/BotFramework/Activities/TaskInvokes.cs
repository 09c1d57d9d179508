using System.Text.Json;

namespace DeEscalationBot.Host.Channels.BotFramework.Activities;

/// <summary>What <see cref="InvokeNames.TaskFetch"/>, <see cref="InvokeNames.TaskSubmit"/>, <see cref="InvokeNames.ComposeExtensionFetchTask"/> and
/// <see cref="InvokeNames.ComposeExtensionSubmitAction"/> bring.</summary>
/// <param name="CommandId">The message extension's command, as the app package names it; nothing in a task of a button.</param>
/// <param name="CommandContext">Where it was called from: <c>compose</c>, <c>commandbox</c> or <c>message</c>.</param>
/// <param name="Data">The form's fields, as they came.</param>
/// <param name="Context">How the client looks.</param>
/// <param name="MessagePayload">The message that it was called on.</param>
/// <param name="BotMessagePreviewAction"><c>send</c> or <c>edit</c> after a preview.</param>
/// <param name="BotActivityPreview">What was shown in the preview.</param>
/// <param name="State">What came back from a sign-in or a configuration page.</param>
public sealed record TaskValue(
    string? CommandId = null,
    string? CommandContext = null,
    JsonElement? Data = null,
    TaskContext? Context = null,
    ChosenMessage? MessagePayload = null,
    string? BotMessagePreviewAction = null,
    IReadOnlyList<Activity?>? BotActivityPreview = null,
    string? State = null) : ProtocolObject;

/// <summary>How the client looks.</summary>
/// <param name="Theme"><c>default</c>, <c>dark</c> or <c>contrast</c>.</param>
public sealed record TaskContext(string? Theme = null) : ProtocolObject;

/// <summary>The message that a message extension was called on.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ReplyToId">The message that it answers.</param>
/// <param name="CreatedDateTime">When it was written, as it came.</param>
/// <param name="Deleted">Whether it is deleted.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Locale">Its language.</param>
/// <param name="LinkToMessage">Where it can be opened.</param>
/// <param name="Body">What it says.</param>
/// <param name="From">Who wrote it.</param>
/// <param name="Attachments">What is attached.</param>
public sealed record ChosenMessage(
    string? Id = null,
    string? ReplyToId = null,
    string? CreatedDateTime = null,
    bool? Deleted = null,
    string? Subject = null,
    string? Locale = null,
    string? LinkToMessage = null,
    ChosenMessageBody? Body = null,
    ChosenMessageFrom? From = null,
    IReadOnlyList<JsonElement>? Attachments = null) : ProtocolObject;

/// <summary>What a message says.</summary>
/// <param name="ContentType"><c>html</c> or <c>text</c>.</param>
/// <param name="Content">The content; HTML has to be turned into text before anything is done with it.</param>
public sealed record ChosenMessageBody(string? ContentType = null, string? Content = null) : ProtocolObject;

/// <summary>Who wrote a message.</summary>
/// <param name="User">The person; nothing when a program did.</param>
/// <param name="Application">The program, as it came.</param>
public sealed record ChosenMessageFrom(ChosenMessageUser? User = null, JsonElement? Application = null) : ProtocolObject;

/// <summary>The person who wrote a message.</summary>
/// <param name="Id">Their id in the directory.</param>
/// <param name="DisplayName">A name to show.</param>
/// <param name="UserIdentityType">What kind of account it is.</param>
public sealed record ChosenMessageUser(string? Id = null, string? DisplayName = null, string? UserIdentityType = null) : ProtocolObject;

/// <summary>The answer to a task's invoke, or to a message extension's.</summary>
/// <param name="Task">What the dialogue shows next; nothing closes it.</param>
/// <param name="ComposeExtension">What the message extension puts into the compose box.</param>
public sealed record TaskAnswer(TaskStep? Task = null, ComposeExtensionResult? ComposeExtension = null)
{
    /// <summary>The dialogue shows a card.</summary>
    /// <param name="title">What stands over it.</param>
    /// <param name="card">The card.</param>
    /// <param name="height"><c>small</c>, <c>medium</c> or <c>large</c>.</param>
    /// <param name="width">Likewise.</param>
    public static TaskAnswer OfCard(string title, Attachment card, string height = "medium", string width = "medium") =>
        new(new TaskStep("continue", ActivityJson.ToElement(new TaskCard(title, height, width, card))));

    /// <summary>The dialogue shows a sentence.</summary>
    /// <param name="sentence">The sentence.</param>
    public static TaskAnswer OfMessage(string sentence) => new(new TaskStep("message", ActivityJson.ToElement(sentence)));

    /// <summary>Cards go into the compose box.</summary>
    /// <param name="attachments">The cards.</param>
    public static TaskAnswer OfComposed(params IReadOnlyList<Attachment> attachments) => new(ComposeExtension: new ComposeExtensionResult("result", "list", attachments));
}

/// <summary>What a dialogue shows next.</summary>
/// <param name="Type"><c>continue</c> with a <see cref="TaskCard"/>, or <c>message</c> with a sentence.</param>
/// <param name="Value">The card or the sentence.</param>
public sealed record TaskStep(string Type, JsonElement Value);

/// <summary>A dialogue with a card.</summary>
/// <param name="Title">What stands over it.</param>
/// <param name="Height"><c>small</c>, <c>medium</c> or <c>large</c>.</param>
/// <param name="Width">Likewise.</param>
/// <param name="Card">The card.</param>
public sealed record TaskCard(string Title, string Height, string Width, Attachment Card);

/// <summary>What a message extension puts into the compose box.</summary>
/// <param name="Type"><c>result</c>; <c>message</c> for a sentence.</param>
/// <param name="AttachmentLayout"><c>list</c> or <c>grid</c>.</param>
/// <param name="Attachments">The cards.</param>
/// <param name="Text">The sentence.</param>
public sealed record ComposeExtensionResult(string Type, string? AttachmentLayout = null, IReadOnlyList<Attachment>? Attachments = null, string? Text = null);

/// <summary>What <see cref="InvokeNames.MessageSubmitAction"/> brings.</summary>
/// <param name="ActionName"><c>feedback</c>; others are not answered.</param>
/// <param name="ActionValue">The reaction and the words.</param>
public sealed record FeedbackValue(string? ActionName = null, FeedbackAnswer? ActionValue = null) : ProtocolObject;

/// <summary>Feedback on a message.</summary>
/// <param name="Reaction"><c>like</c> or <c>dislike</c>.</param>
/// <param name="Feedback">The words, as JSON in a text.</param>
public sealed record FeedbackAnswer(string? Reaction = null, string? Feedback = null) : ProtocolObject;
