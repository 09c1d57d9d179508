using System.Text;

namespace DeEscalationBot.Core.Coaching.DraftReview;

/// <summary>How a Spanish draft addresses the customer.</summary>
internal enum AddressForm
{
    Usted,
    Tu,
    Vos,
}

/// <summary>A suggestion with choices of address and slots, read once.</summary>
internal sealed class SuggestionTemplate
{
    private readonly List<Part> _parts = [];

    public SuggestionTemplate(string written)
    {
        var at = 0;
        while (at < written.Length)
        {
            var open = written.IndexOf('{', at);
            if (open < 0)
            {
                _parts.Add(new Part(written[at..], null, null));
                break;
            }

            if (open > at)
            {
                _parts.Add(new Part(written[at..open], null, null));
            }

            var close = written.IndexOf('}', open);
            if (close < 0)
            {
                throw new FormatException($"In the suggestion '{written}' a '}}' is missing.");
            }

            var inner = written[(open + 1)..close];
            var choices = inner.Split('|');
            if (choices.Length == 1 && inner is not ("object" or "that" or "rest" or "self" or "topic" or "topics" or "duration" or "value"))
            {
                throw new FormatException($"In the suggestion '{written}' there is no slot '{{{inner}}}'. The slots are object, that, rest, self, topic, topics, duration and value.");
            }

            _parts.Add(choices.Length == 1 ? new Part(null, inner, null) : new Part(null, null, choices));
            at = close + 1;
        }
    }

    /// <summary>Fills the template; nothing when a slot has no value.</summary>
    public string? Fill(AddressForm address, Func<string, string?> slot)
    {
        var filled = new StringBuilder();
        foreach (var part in _parts)
        {
            var text = part.Text ?? (part.Choices is { } choices ? choices[Math.Min((int)address, choices.Length - 1)] : slot(part.Slot!));
            if (text is null)
            {
                return null;
            }

            filled.Append(text);
        }

        return filled.ToString();
    }

    private sealed record Part(string? Text, string? Slot, string[]? Choices);
}
