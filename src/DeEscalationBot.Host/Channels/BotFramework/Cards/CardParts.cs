using System.Text.Json.Nodes;

namespace DeEscalationBot.Host.Channels.BotFramework.Cards;

/// <summary>How a text run looks.</summary>
internal enum RunStyle
{
    /// <summary>As the text around.</summary>
    Plain,

    /// <summary>Bold.</summary>
    Strong,

    /// <summary>Set back: what the eye may pass over.</summary>
    Quiet,

    /// <summary>Marked as with a pen: the exact words of somebody.</summary>
    Marked,
}

/// <summary>The parts that all cards are made of, as Adaptive Cards 1.5 write them.</summary>
/// <remarks>
/// Two kinds of text are kept apart. <see cref="Text"/> makes a TextBlock, which clients read as Markdown: for sentences of our resources alone. Whatever a
/// person wrote, names included, goes through <see cref="Run"/> into a RichTextBlock, which clients show letter by letter.
/// </remarks>
internal static class CardParts
{
    /// <summary>The newest version that Teams shows: 1.5.</summary>
    public const string Version = "1.5";

    private const int MostTyped = 4000;

    public static JsonObject Card(CardWording texts, string fallback, params IEnumerable<JsonNode?> body) => new()
    {
        ["type"] = "AdaptiveCard",
        ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
        ["version"] = Version,
        ["lang"] = texts.Code,
        ["fallbackText"] = fallback,
        ["msteams"] = new JsonObject { ["width"] = "Full" },
        ["body"] = Array(body),
    };

    /// <summary>A sentence of our own.</summary>
    public static JsonObject Text(string ours, bool isQuiet = false, bool isStrong = false) => new()
    {
        ["type"] = "TextBlock",
        ["text"] = ours,
        ["wrap"] = true,
        ["isSubtle"] = isQuiet ? true : null,
        ["weight"] = isStrong ? "Bolder" : null,
        ["size"] = isQuiet ? "Small" : null,
        ["spacing"] = isQuiet ? "Small" : null,
    };

    /// <summary>A heading of our own; screen readers find it as one.</summary>
    public static JsonObject Heading(string ours) => new()
    {
        ["type"] = "TextBlock",
        ["text"] = ours,
        ["wrap"] = true,
        ["style"] = "heading",
        ["size"] = "Medium",
        ["weight"] = "Bolder",
    };

    /// <summary>A small title over what follows.</summary>
    public static JsonObject Label(string ours) => new()
    {
        ["type"] = "TextBlock",
        ["text"] = ours,
        ["wrap"] = true,
        ["size"] = "Small",
        ["weight"] = "Bolder",
        ["isSubtle"] = true,
    };

    /// <summary>A piece of a line, shown letter by letter.</summary>
    public static JsonObject Run(string text, RunStyle style = RunStyle.Plain) => new()
    {
        ["type"] = "TextRun",
        ["text"] = text,
        ["weight"] = style == RunStyle.Strong ? "Bolder" : null,
        ["isSubtle"] = style == RunStyle.Quiet ? true : null,
        ["highlight"] = style == RunStyle.Marked ? true : null,
    };

    /// <summary>A line of pieces.</summary>
    public static JsonObject Line(params IEnumerable<JsonObject> runs) => new()
    {
        ["type"] = "RichTextBlock",
        ["inlines"] = Array(runs),
    };

    /// <summary>What somebody says, in a box of its own that reads in its own direction.</summary>
    public static JsonObject Said(string words, int most, string? id = null)
    {
        var box = Box([.. CardWords.Lines(words, most).Select(l => Line(Run(l)))], style: "emphasis", id: id);
        box["rtl"] = CardWords.IsRightToLeft(words);
        return box;
    }

    /// <summary>A box.</summary>
    public static JsonObject Box(IEnumerable<JsonNode?> items, string? style = null, string? id = null, bool isVisible = true) => new()
    {
        ["type"] = "Container",
        ["id"] = id,
        ["style"] = style,
        ["isVisible"] = isVisible ? null : false,
        ["items"] = Array(items),
    };

    /// <summary>A picture beside words.</summary>
    public static JsonObject Beside(JsonObject? picture, params IEnumerable<JsonNode?> words) => new()
    {
        ["type"] = "ColumnSet",
        ["columns"] = Array(
        [
            picture is null ? null : new JsonObject { ["type"] = "Column", ["width"] = "auto", ["verticalContentAlignment"] = "Center", ["items"] = Array([picture]) },
            new JsonObject { ["type"] = "Column", ["width"] = "stretch", ["verticalContentAlignment"] = "Center", ["items"] = Array(words) },
        ]),
    };

    /// <summary>A picture, with what it shows in words.</summary>
    public static JsonObject Picture(string address, string saysInWords, int widthPixels) => new()
    {
        ["type"] = "Image",
        ["url"] = address,
        ["altText"] = saysInWords,
        ["width"] = $"{widthPixels}px",
    };

    /// <summary>Buttons in the card's body, where a fallback of each is found by every client.</summary>
    public static JsonObject? Buttons(params IEnumerable<JsonObject?> actions)
    {
        var all = actions.OfType<JsonObject>().ToArray();
        return all.Length == 0 ? null : new JsonObject { ["type"] = "ActionSet", ["actions"] = Array(all) };
    }

    /// <summary>A button that asks us for something.</summary>
    /// <param name="surface">Where it is shown.</param>
    /// <param name="verb">One of <see cref="CardVerbs"/>.</param>
    /// <param name="title">What stands on it.</param>
    /// <param name="data">What it brings along.</param>
    /// <param name="sendsInputs">Whether it sends what was typed in its part of the card.</param>
    /// <param name="style"><c>positive</c>, <c>destructive</c>, or nothing.</param>
    public static JsonObject Press(CardSurface surface, string verb, string title, JsonObject data, bool sendsInputs = false, string? style = null)
    {
        var submit = Action("Action.Submit", title, sendsInputs, style);
        var carried = data.DeepClone().AsObject();
        carried[CardFields.Verb] = verb;
        submit["data"] = carried;
        if (surface != CardSurface.Teams)
        {
            return submit;
        }

        var execute = Action("Action.Execute", title, sendsInputs, style);
        execute["verb"] = verb;
        execute["data"] = data;
        execute["fallback"] = submit;
        return execute;
    }

    /// <summary>A button that unfolds a form.</summary>
    public static JsonObject Unfold(string title, params IEnumerable<JsonNode?> body) => new()
    {
        ["type"] = "Action.ShowCard",
        ["title"] = title,
        ["card"] = new JsonObject { ["type"] = "AdaptiveCard", ["version"] = Version, ["body"] = Array(body) },
    };

    /// <summary>A button that shows or hides a part of the card.</summary>
    public static JsonObject Toggle(string title, string part) => new()
    {
        ["type"] = "Action.ToggleVisibility",
        ["title"] = title,
        ["targetElements"] = Array([part]),
    };

    /// <summary>A button that opens one of our pages; nothing where people do not reach them.</summary>
    public static JsonObject? Open(CardAudience audience, string title, string path) => audience.Site is null ? null : new JsonObject
    {
        ["type"] = "Action.OpenUrl",
        ["title"] = title,
        ["url"] = new Uri(audience.Site.GetLeftPart(UriPartial.Path).TrimEnd('/') + path).AbsoluteUri, // A site may lie under a path.
    };

    /// <summary>A box to write in.</summary>
    /// <param name="name">One of <see cref="CardFields"/>.</param>
    /// <param name="label">What belongs into it.</param>
    /// <param name="missing">Said when it is left empty; nothing when it may be.</param>
    /// <param name="hint">Shown while it is empty.</param>
    public static JsonObject Input(string name, string label, string? missing, string? hint = null) => new()
    {
        ["type"] = "Input.Text",
        ["id"] = name,
        ["label"] = label,
        ["isMultiline"] = true,
        ["maxLength"] = MostTyped,
        ["placeholder"] = hint,
        ["isRequired"] = missing is null ? null : true,
        ["errorMessage"] = missing,
    };

    /// <summary>A choice of one.</summary>
    /// <param name="name">One of <see cref="CardFields"/>.</param>
    /// <param name="label">What is chosen.</param>
    /// <param name="missing">Said when nothing is chosen.</param>
    /// <param name="choices">What can be chosen: what it says, and what is sent.</param>
    public static JsonObject Choice(string name, string label, string missing, params IEnumerable<(string Title, string Value)> choices) => new()
    {
        ["type"] = "Input.ChoiceSet",
        ["id"] = name,
        ["label"] = label,
        ["style"] = "compact",
        ["isRequired"] = true,
        ["errorMessage"] = missing,
        ["choices"] = Array([.. choices.Select(c => new JsonObject { ["title"] = c.Title, ["value"] = c.Value })]),
    };

    /// <summary>The form that sends a draft to be reviewed.</summary>
    public static JsonObject DraftForm(CardAudience audience, string title, JsonObject data)
    {
        var texts = CardWording.In(audience.Language);
        return Unfold(
            title,
            Input(CardFields.Draft, texts["Draft.Label"], texts["Draft.Missing"], texts["Draft.Hint"]),
            Buttons(Press(audience.Surface, CardVerbs.Review, texts["Draft.Send"], data, sendsInputs: true)));
    }

    /// <summary>A list without what is missing, and without fields that have no value.</summary>
    public static JsonArray Array(IEnumerable<JsonNode?> nodes) => new([.. nodes.OfType<JsonNode>().Select(Trim)]);

    private static JsonObject Action(string type, string title, bool sendsInputs, string? style) => new()
    {
        ["type"] = type,
        ["title"] = title,
        ["associatedInputs"] = sendsInputs ? "auto" : "none",
        ["style"] = style,
    };

    private static JsonNode Trim(JsonNode node)
    {
        if (node is JsonObject fields)
        {
            foreach (var name in fields.Where(f => f.Value is null).Select(f => f.Key).ToArray())
            {
                fields.Remove(name);
            }
        }

        return node;
    }
}
