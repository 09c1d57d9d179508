using System.Net;
using System.Text;
using System.Text.Json;
using DeEscalationBot.Host.Channels.BotFramework.Activities;

namespace DeEscalationBot.Host.Channels.BotFramework.Agent;

/// <summary>The words of a message: without the mention of the bot, and out of HTML where the channel sends no plain text.</summary>
public static class CustomerText
{
    private static readonly string[] Blocks = ["p", "div", "br", "li", "tr", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre"];
    private static readonly string[] Silent = ["script", "style", "head", "template"];

    /// <summary>What somebody wrote, pasted or forwarded; empty when there are no words.</summary>
    /// <param name="activity">The message.</param>
    public static string Of(Activity activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        var text = activity.Text ?? "";
        foreach (var mention in activity.Entities ?? [])
        {
            if (mention is { Type: "mention", Text: { Length: > 0 } words } && mention.Mentioned?.Id == activity.Recipient?.Id)
            {
                text = text.Replace(words, "", StringComparison.Ordinal);
            }
        }

        text = activity.TextFormat == "xml" ? OfHtml(text) : WebUtility.HtmlDecode(text).Trim();
        var forwarded = string.Join("\n", (activity.Attachments ?? []).Select(Forwarded).OfType<string>());
        if (forwarded.Length > 0)
        {
            return forwarded;
        }

        return text.Length > 0 ? text : string.Join("\n", (activity.Attachments ?? []).Where(a => a?.ContentType == ContentTypes.Html).Select(a => OfHtml(TextOf(a!.Content) ?? ""))).Trim();
    }

    /// <summary>Whether a message is one that somebody else wrote, forwarded or quoted.</summary>
    /// <param name="activity">The message.</param>
    public static bool IsForwarded(Activity activity) => ((activity ?? throw new ArgumentNullException(nameof(activity))).Attachments ?? []).Any(a => Forwarded(a) is not null);

    /// <summary>The words of the message that a message extension was called on.</summary>
    /// <param name="message">The message.</param>
    public static string Of(ChosenMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var content = message.Body?.Content ?? "";
        return message.Body?.ContentType == "text" ? content.Trim() : OfHtml(content);
    }

    /// <summary>The words of HTML: no tags, no scripts, a line for each block. Any text; what is no HTML comes out as it went in.</summary>
    /// <param name="html">The HTML.</param>
    public static string OfHtml(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        var words = new StringBuilder(html.Length);
        string? silent = null;
        var i = 0;
        while (i < html.Length)
        {
            if (html[i] != '<' || !IsTag(html, i))
            {
                if (silent is null)
                {
                    words.Append(html[i]);
                }

                i++;
                continue;
            }

            if (html.AsSpan(i).StartsWith("<!--", StringComparison.Ordinal))
            {
                var closed = html.IndexOf("-->", i, StringComparison.Ordinal);
                i = closed < 0 ? html.Length : closed + 3;
                continue;
            }

            var end = EndOfTag(html, i);
            var name = NameOf(html.AsSpan(i, end - i), out var isClosing);
            if (silent is not null)
            {
                silent = isClosing && name == silent ? null : silent;
            }
            else if (!isClosing && Array.IndexOf(Silent, name) >= 0)
            {
                silent = name;
            }
            else if (Array.IndexOf(Blocks, name) >= 0)
            {
                words.Append('\n');
            }

            i = end;
        }

        var lines = WebUtility.HtmlDecode(words.ToString()).Replace('\u00A0', ' ').Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0);
        return string.Join('\n', lines);
    }

    // What Teams attaches for a forwarded or quoted message is JSON, as an object or as a text.
    private static string? Forwarded(Attachment? attachment)
    {
        if (attachment?.ContentType is not (ContentTypes.MessageReference or "forwardedMessageReference"))
        {
            return null;
        }

        try
        {
            var content = TextOf(attachment.Content) is { } json ? JsonSerializer.Deserialize<JsonElement>(json) : attachment.Content ?? default;
            var words = content.ValueKind != JsonValueKind.Object ? null
                : content.TryGetProperty("originalMessageContent", out var whole) && whole.ValueKind == JsonValueKind.String ? OfHtml(whole.GetString()!)
                : content.TryGetProperty("messagePreview", out var preview) && preview.ValueKind == JsonValueKind.String ? OfHtml(preview.GetString()!)
                : null;
            return string.IsNullOrWhiteSpace(words) ? null : words;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement? content) => content is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    // "5 < 6" is no tag.
    private static bool IsTag(string html, int at) =>
        at + 1 < html.Length && (char.IsAsciiLetter(html[at + 1]) || html[at + 1] == '!' || (html[at + 1] == '/' && at + 2 < html.Length && char.IsAsciiLetter(html[at + 2])));

    private static int EndOfTag(string html, int at)
    {
        var quote = '\0';
        for (var i = at + 1; i < html.Length; i++)
        {
            if (quote != '\0')
            {
                quote = html[i] == quote ? '\0' : quote;
            }
            else if (html[i] is '"' or '\'')
            {
                quote = html[i];
            }
            else if (html[i] == '>')
            {
                return i + 1;
            }
        }

        return html.Length;
    }

    private static string NameOf(ReadOnlySpan<char> tag, out bool isClosing)
    {
        isClosing = tag.Length > 1 && tag[1] == '/';
        var from = isClosing ? 2 : 1;
        var to = from;
        while (to < tag.Length && char.IsAsciiLetterOrDigit(tag[to]))
        {
            to++;
        }

        return tag[from..to].ToString().ToLowerInvariant();
    }
}
