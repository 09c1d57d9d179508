using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Core.Conversations;

/// <summary>One small step of a big problem (A5), as agent and customer walk through it.</summary>
/// <param name="Id">Names the step within its conversation.</param>
/// <param name="Text">What is to be done; one line, 1 to <see cref="Checklist.LongestText"/> UTF-16 units.</param>
/// <param name="IsDone">Whether it is done.</param>
/// <param name="DoneBy">Who ticked it, or nothing while it is open.</param>
/// <param name="DoneAt">When, or nothing while it is open.</param>
public sealed record ChecklistItem(string Id, string Text, bool IsDone = false, string? DoneBy = null, DateTimeOffset? DoneAt = null);

/// <summary>What somebody does to a checklist.</summary>
public enum ChecklistMove
{
    /// <summary>Adds the texts at the end; those that stand there already are passed over.</summary>
    Add,

    /// <summary>Gives an item another text.</summary>
    Reword,

    /// <summary>Takes an item away.</summary>
    Remove,

    /// <summary>Moves an item one place up.</summary>
    MoveUp,

    /// <summary>Moves an item one place down.</summary>
    MoveDown,

    /// <summary>Ticks an item.</summary>
    Tick,

    /// <summary>Takes a tick back.</summary>
    Untick,
}

/// <summary>One change of a checklist.</summary>
/// <param name="Move">What is done.</param>
/// <param name="ItemId">The item; nothing for <see cref="ChecklistMove.Add"/>.</param>
/// <param name="Texts">The new texts, for <see cref="ChecklistMove.Add"/> and, as the only one, <see cref="ChecklistMove.Reword"/>.</param>
public sealed record ChecklistChange(ChecklistMove Move, string? ItemId = null, IReadOnlyList<string>? Texts = null);

/// <summary>The rules of a conversation's checklist (A5).</summary>
/// <remarks>Pure and safe for concurrent use. What makes no sense (an item that is gone, an empty text, a full list) changes nothing: two people may edit at once.</remarks>
public static class Checklist
{
    /// <summary>The most items of one list: 20. More is no longer a walk through small steps.</summary>
    public const int MostItems = 20;

    /// <summary>The longest text of an item, in UTF-16 units: 200.</summary>
    public const int LongestText = 200;

    /// <summary>What a change leads to.</summary>
    /// <param name="conversation">The conversation as it stands.</param>
    /// <param name="change">The change.</param>
    /// <param name="by">Who makes it.</param>
    /// <param name="now">The product's clock.</param>
    /// <returns>The event to be recorded; none when nothing changes.</returns>
    public static IReadOnlyList<ConversationEvent> Decide(Conversation conversation, ChecklistChange change, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(change);
        var items = conversation.Checklist;
        if (change.Move == ChecklistMove.Add)
        {
            var added = Added(items, change.Texts ?? [], conversation.Sequence + 1);
            return added.Count == items.Count ? [] : [new ChecklistEdited(now, by, added)];
        }

        var place = items.FindIndex(i => i.Id == change.ItemId);
        if (place < 0)
        {
            return [];
        }

        var item = items[place];
        switch (change.Move)
        {
            case ChecklistMove.Reword:
                var text = change.Texts is [var only] ? SingleLine.Of(only, LongestText) : null;
                return text is null || text == item.Text ? [] : [new ChecklistEdited(now, by, items.SetItem(place, item with { Text = text }))];
            case ChecklistMove.Remove:
                return [new ChecklistEdited(now, by, items.RemoveAt(place))];
            case ChecklistMove.MoveUp:
                return place == 0 ? [] : [new ChecklistEdited(now, by, items.RemoveAt(place).Insert(place - 1, item))];
            case ChecklistMove.MoveDown:
                return place == items.Count - 1 ? [] : [new ChecklistEdited(now, by, items.RemoveAt(place).Insert(place + 1, item))];
            case ChecklistMove.Tick:
                return item.IsDone ? [] : [new ChecklistTicked(now, by, item.Id, IsDone: true)];
            case ChecklistMove.Untick:
                return item.IsDone ? [new ChecklistTicked(now, by, item.Id, IsDone: false)] : [];
            case ChecklistMove.Add:
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change.Move, null);
        }
    }

    private static List<ChecklistItem> Added(IReadOnlyList<ChecklistItem> items, IReadOnlyList<string> texts, long sequence)
    {
        var list = items.ToList();
        foreach (var text in texts.Select(t => SingleLine.Of(t, LongestText)).OfType<string>())
        {
            if (list.Count < MostItems && !list.Exists(i => string.Equals(i.Text, text, StringComparison.OrdinalIgnoreCase)))
            {
                list.Add(new ChecklistItem(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"step-{sequence}-{list.Count}"), text));
            }
        }

        return list;
    }
}
