using System.Globalization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Scoring;
using Microsoft.Extensions.Localization;

namespace DeEscalationBot.Host.Pages.Texts;

/// <summary>The words of the interface for what the rules speak of: levels, signals, steps, triggers.</summary>
public static class PageWording
{
    /// <summary>A level's word.</summary>
    /// <param name="texts">The resources.</param>
    /// <param name="level">The level.</param>
    public static string Level(this IStringLocalizer<PageTexts> texts, FrustrationLevel level) => texts.Of("Level", level);

    /// <summary>A trend's word.</summary>
    /// <param name="texts">The resources.</param>
    /// <param name="trend">The trend.</param>
    public static string Trend(this IStringLocalizer<PageTexts> texts, TensionTrend trend) => texts.Of("Trend", trend);

    /// <summary>A signal's name.</summary>
    /// <param name="texts">The resources.</param>
    /// <param name="signal">The signal.</param>
    public static string Signal(this IStringLocalizer<PageTexts> texts, SignalType signal) => texts.Of("Signal", signal);

    /// <summary>A cue's name: how a message looks.</summary>
    /// <param name="texts">The resources.</param>
    /// <param name="cue">The cue.</param>
    public static string Cue(this IStringLocalizer<PageTexts> texts, ScoreCue cue) => texts.Of("Cue", cue);

    /// <summary>The tone that a sentiment service hears.</summary>
    /// <param name="texts">The resources.</param>
    /// <param name="tone">The tone.</param>
    public static string Tone(this IStringLocalizer<PageTexts> texts, Sentiment tone) => texts.Of("Tone", tone);

    /// <summary>Why a sentiment service said nothing.</summary>
    /// <param name="texts">The resources.</param>
    /// <param name="failure">The reason.</param>
    public static string NoOpinion(this IStringLocalizer<PageTexts> texts, OpinionFailure failure) => texts.Of("NoOpinion", failure);

    /// <summary>A step, as something to do.</summary>
    /// <param name="texts">The resources.</param>
    /// <param name="step">The step.</param>
    public static string Step(this IStringLocalizer<PageTexts> texts, ConversationStep step) => texts.Of("Step", step);

    /// <summary>An urgency's word.</summary>
    /// <param name="texts">The resources.</param>
    /// <param name="urgency">The urgency.</param>
    public static string Urgency(this IStringLocalizer<PageTexts> texts, AlertUrgency urgency) => texts.Of("Urgency", urgency);

    /// <summary>An alert's state.</summary>
    /// <param name="texts">The resources.</param>
    /// <param name="state">The state.</param>
    public static string State(this IStringLocalizer<PageTexts> texts, AlertState state) => texts.Of("State", state);

    /// <summary>Why an alert was dismissed.</summary>
    /// <param name="texts">The resources.</param>
    /// <param name="reason">The reason.</param>
    public static string Dismissal(this IStringLocalizer<PageTexts> texts, AlertDismissal reason) => texts.Of("Dismissal", reason);

    /// <summary>What a trigger is about.</summary>
    /// <param name="texts">The resources.</param>
    /// <param name="trigger">The trigger.</param>
    public static string Trigger(this IStringLocalizer<PageTexts> texts, EscalationTrigger trigger) => texts.Of("Trigger", trigger);

    /// <summary>An early sign's name.</summary>
    /// <param name="texts">The resources.</param>
    /// <param name="sign">The sign.</param>
    public static string Sign(this IStringLocalizer<PageTexts> texts, EarlySignKind sign) => texts.Of("Sign", sign);

    /// <summary>A practice's name by its playbook id; the id alone for one that has no name here.</summary>
    /// <param name="texts">The resources.</param>
    /// <param name="id">The playbook id.</param>
    public static string Playbook(this IStringLocalizer<PageTexts> texts, string id)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var name = texts["Playbook." + id];
        return name.ResourceNotFound ? id : name.Value;
    }

    /// <summary>A language's short mark: ES, EN, or a dash.</summary>
    /// <param name="language">The language.</param>
    public static string Mark(this MessageLanguage language) => language switch
    {
        MessageLanguage.Spanish => "ES",
        MessageLanguage.English => "EN",
        MessageLanguage.Undetermined => "–",
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, null),
    };

    /// <summary>The attribute that tells a screen reader which voice to use; nothing when the language is not known.</summary>
    /// <param name="language">The language.</param>
    public static string? Voice(this MessageLanguage language) => language == MessageLanguage.Undetermined ? null : language.Code();

    /// <summary>The language in which whoever reads the page is spoken to.</summary>
    public static MessageLanguage Reader => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "es" ? MessageLanguage.Spanish : MessageLanguage.English;

    /// <summary>A time that passed, rounded so that a clock does not hurry anybody: seconds under a minute in tens, then minutes, then hours.</summary>
    /// <param name="texts">The resources.</param>
    /// <param name="time">The time; negative counts as none.</param>
    public static string Span(this IStringLocalizer<PageTexts> texts, TimeSpan time)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return time switch
        {
            { TotalSeconds: < 10 } => texts["Span.Now"],
            { TotalMinutes: < 1 } => texts["Span.Seconds", (int)(time.TotalSeconds / 10) * 10],
            { TotalHours: < 1 } => texts["Span.Minutes", (int)time.TotalMinutes],
            { TotalDays: < 1, Minutes: 0 } => texts["Span.FullHours", (int)time.TotalHours],
            { TotalDays: < 1 } => texts["Span.Hours", (int)time.TotalHours, time.Minutes],
            _ => texts["Span.Days", (int)time.TotalDays],
        };
    }

    /// <summary>Words about a number of things, in the form that one of them has (the resource's name with <c>.One</c>), or several.</summary>
    /// <param name="texts">The resources.</param>
    /// <param name="name">The name of the form for several.</param>
    /// <param name="count">How many.</param>
    /// <param name="arguments">What stands in the words; the number itself when nothing is given.</param>
    public static string Counted(this IStringLocalizer texts, string name, int count, params object[] arguments)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(arguments);
        return texts[count == 1 ? name + ".One" : name, arguments.Length == 0 ? [count] : arguments];
    }

    /// <summary>A rung's name: as the settings write it, or in the reader's language where they name none.</summary>
    /// <param name="texts">The resources.</param>
    /// <param name="name">The name, from the ladder.</param>
    public static string Rung(this IStringLocalizer<PageTexts> texts, string name)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return name == AlertLadder.OnlyRung ? texts["Rung.Only"] : name;
    }

    /// <summary>A clock time in the reader's region.</summary>
    /// <param name="at">The instant.</param>
    /// <param name="zone">The place whose clock is shown.</param>
    public static string ClockTime(this DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("t", CultureInfo.CurrentCulture);

    /// <summary>An amount in the reader's way of writing, with the code of its currency, which is the same to everybody.</summary>
    /// <param name="amount">The amount.</param>
    /// <param name="currency">The currency, an ISO 4217 code.</param>
    public static string InMoney(this decimal amount, string currency) =>
        string.Create(CultureInfo.CurrentCulture, $"{amount.ToString("N" + (GoodwillAllowance.DecimalsOf(currency) ?? 2).ToString(CultureInfo.InvariantCulture), CultureInfo.CurrentCulture)} {currency}");

    /// <summary>Tension as people read it: 0 to 100.</summary>
    /// <param name="tension">The tension.</param>
    public static int Percent(this Probability tension) => (int)Math.Round(tension.Value * 100, MidpointRounding.AwayFromZero);

    private static string Of<T>(this IStringLocalizer<PageTexts> texts, string group, T value)
        where T : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(texts);
        return texts[$"{group}.{value}"];
    }
}
