using System.Collections.Frozen;
using System.Globalization;
using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Core.Conversations;

/// <summary>A wish to give something.</summary>
/// <param name="RequestId">Names the click: the same one again changes nothing.</param>
/// <param name="Amount">How much, in the currency of the settings.</param>
/// <param name="Reason">What it is for.</param>
/// <param name="By">Who gives it.</param>
public sealed record GoodwillWish(string RequestId, decimal Amount, string Reason, string By);

/// <summary>Why nothing was given, or taken back.</summary>
public enum GoodwillProblem
{
    /// <summary>It was, or it was so already.</summary>
    None,

    /// <summary>There is no such conversation, or no such gesture.</summary>
    NotFound,

    /// <summary>The settings give no allowance.</summary>
    NoAllowance,

    /// <summary>The amount is not more than zero, or has more decimals than the currency.</summary>
    Amount,

    /// <summary>The reason is missing, or longer than <see cref="GoodwillAllowance.LongestReason"/>.</summary>
    Reason,

    /// <summary>More than what is left for this conversation.</summary>
    ConversationLimit,

    /// <summary>More than what is left for this agent or the desk this month.</summary>
    MonthLimit,

    /// <summary>Only who gave it takes it back.</summary>
    NotYours,

    /// <summary>The time for it is over, or somebody has written since: a promise stands.</summary>
    TooLate,

    /// <summary>The click's name was used for another amount, reason or person.</summary>
    OtherGesture,
}

/// <summary>What was left when it was asked.</summary>
/// <param name="Currency">The currency, an ISO 4217 code.</param>
/// <param name="Decimals">How many decimals it has.</param>
/// <param name="Conversation">For this conversation, 0 or more.</param>
/// <param name="Agent">For this agent this month, 0 or more.</param>
/// <param name="Month">For the whole desk this month, 0 or more.</param>
public sealed record GoodwillLeft(string Currency, int Decimals, decimal Conversation, decimal Agent, decimal Month)
{
    /// <summary>The most that can be given now.</summary>
    public decimal Now => Math.Min(Conversation, Math.Min(Agent, Month));
}

/// <summary>The rules of the goodwill allowance (B12).</summary>
/// <remarks>
/// <para>
/// Three limits: of the conversation, of the agent in a month, of the desk in a month. The first follows from the conversation itself, which takes
/// one change after the other; the other two span conversations and nodes, so the record holds them: see the claim of the storage.
/// </para>
/// <para>
/// <b>Taking back.</b> Who gave it may take it back for <see cref="GoodwillSettings.TakeBackWithin"/>, as long as nobody has written
/// since: the agent's own message may have told of it, and a promise stands. A clock that was set back gives no more time. What is taken back counts in the month in which it was given.
/// </para>
/// <para>Pure; safe for concurrent use.</para>
/// </remarks>
/// <param name="settings">The settings, checked.</param>
/// <param name="calendar">The place whose calendar says when a month begins.</param>
public sealed class GoodwillAllowance(GoodwillSettings settings, TimeZoneInfo calendar)
{
    /// <summary>The longest reason, in UTF-16 units: 200.</summary>
    public const int LongestReason = 200;

    // A currency's decimals, as the regions of the world write it.
    private static readonly FrozenDictionary<string, int> Decimals = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .Select(c => (new RegionInfo(c.Name).ISOCurrencySymbol, c.NumberFormat.CurrencyDecimalDigits))
        .Where(c => c.ISOCurrencySymbol is { Length: 3 } code && code.All(char.IsAsciiLetterUpper) && code is not "XXX" and not "XDR")
        .GroupBy(c => c.ISOCurrencySymbol, StringComparer.Ordinal)
        .ToFrozenDictionary(g => g.Key, g => g.Max(c => c.CurrencyDecimalDigits), StringComparer.Ordinal);

    /// <summary>The settings.</summary>
    public GoodwillSettings Settings { get; } = settings;

    /// <summary>The place whose calendar says when a month begins.</summary>
    public TimeZoneInfo Calendar { get; } = calendar;

    /// <summary>Whether there is an allowance at all.</summary>
    public bool IsOffered => Settings is { PerConversation: > 0, PerAgent: > 0, PerMonth: > 0 };

    /// <summary>How many decimals the currency of the settings has.</summary>
    public int CurrencyDecimals => DecimalsOf(Settings.Currency) ?? 2;

    /// <summary>How many decimals a currency has; nothing for what is no currency.</summary>
    /// <param name="code">An ISO 4217 code in capitals.</param>
    public static int? DecimalsOf(string? code) => code is not null && Decimals.TryGetValue(code, out var decimals) ? decimals : null;

    /// <summary>The month of an instant on the desk's calendar, such as <c>2026-03</c>.</summary>
    /// <param name="at">The instant.</param>
    public string MonthOf(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Calendar).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>An amount in the smallest unit of the currency.</summary>
    /// <param name="amount">The amount.</param>
    public long Smallest(decimal amount) => SmallestOf(amount, Settings.Currency);

    /// <summary>An amount in the smallest unit of a currency.</summary>
    /// <param name="amount">The amount.</param>
    /// <param name="currency">The currency; one that is not known has two decimals.</param>
    public static long SmallestOf(decimal amount, string currency) => (long)(amount * Power(DecimalsOf(currency) ?? 2));

    /// <summary>An amount of smallest units in the currency.</summary>
    /// <param name="units">Smallest units.</param>
    public decimal Amount(long units) => units / Power(CurrencyDecimals);

    /// <summary>What was given in a conversation, in the currency of the settings, without what was taken back.</summary>
    /// <param name="conversation">The conversation.</param>
    public decimal SpentIn(Conversation conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return conversation.Goodwill.Where(g => g.TakenBackAt is null && g.Currency == Settings.Currency).Sum(g => g.Amount);
    }

    /// <summary>What a wish leads to, the limits of the month apart.</summary>
    /// <param name="conversation">The conversation as it stands.</param>
    /// <param name="wish">The wish.</param>
    /// <param name="now">The product's clock.</param>
    /// <returns>What is to be recorded (nothing for a click that was taken already), and why not.</returns>
    public (GoodwillGiven? Event, GoodwillProblem Problem) Decide(Conversation conversation, GoodwillWish wish, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(wish);
        if (conversation.Turns.IsEmpty)
        {
            return (null, GoodwillProblem.NotFound);
        }

        var reason = SingleLine.Of(wish.Reason, LongestReason);
        if (conversation.Goodwill.Find(g => g.RequestId == wish.RequestId) is { } same)
        {
            // Answered as given, another wish would look granted and never be.
            return (null, same.Amount == wish.Amount && same.Reason == reason && same.By == wish.By ? GoodwillProblem.None : GoodwillProblem.OtherGesture);
        }

        var problem = !IsOffered ? GoodwillProblem.NoAllowance
            : wish.Amount <= 0 || wish.Amount > GoodwillSettings.Most || decimal.Round(wish.Amount, CurrencyDecimals) != wish.Amount ? GoodwillProblem.Amount
            : reason is null ? GoodwillProblem.Reason
            : SpentIn(conversation) + wish.Amount > Settings.PerConversation ? GoodwillProblem.ConversationLimit
            : GoodwillProblem.None;
        if (problem != GoodwillProblem.None)
        {
            return (null, problem);
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"goodwill-{conversation.Sequence + 1}");
        return (new GoodwillGiven(now, new GoodwillGesture(id, wish.RequestId, wish.Amount, Settings.Currency, reason!, wish.By, now, MonthOf(now), conversation.Tension.Value)), GoodwillProblem.None);
    }

    /// <summary>What taking back leads to.</summary>
    /// <param name="conversation">The conversation as it stands.</param>
    /// <param name="gestureId">The gesture.</param>
    /// <param name="by">Who takes it back.</param>
    /// <param name="now">The product's clock.</param>
    /// <returns>What is to be recorded (nothing when it is taken back already), and why not.</returns>
    public (GoodwillTakenBack? Event, GoodwillProblem Problem) TakeBack(Conversation conversation, string gestureId, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return conversation.Goodwill.Find(g => g.Id == gestureId) switch
        {
            null => (null, GoodwillProblem.NotFound),
            { TakenBackAt: not null } => (null, GoodwillProblem.None),
            var g when g.By != by => (null, GoodwillProblem.NotYours),
            var g when !CanTakeBack(g, by, now) => (null, GoodwillProblem.TooLate),
            _ => (new GoodwillTakenBack(now, gestureId, by), GoodwillProblem.None),
        };
    }

    /// <summary>Whether somebody may take a gesture back now.</summary>
    /// <param name="gesture">The gesture.</param>
    /// <param name="by">Who.</param>
    /// <param name="now">The product's clock.</param>
    public bool CanTakeBack(GoodwillGesture gesture, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(gesture);
        return gesture.TakenBackAt is null && gesture.By == by && gesture.FollowedByTurn is null && now >= gesture.At && now - gesture.At <= Settings.TakeBackWithin;
    }

    private static decimal Power(int decimals)
    {
        var power = 1m;
        for (var i = 0; i < decimals; i++)
        {
            power *= 10;
        }

        return power;
    }
}
