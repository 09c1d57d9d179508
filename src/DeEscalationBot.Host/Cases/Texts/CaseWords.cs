using System.Globalization;
using System.Resources;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;

namespace DeEscalationBot.Host.Cases.Texts;

/// <summary>What the parts of a case are called in one language, and how its days and amounts are written.</summary>
/// <remarks>By the language of the reader, whatever language the customer wrote in. Immutable; safe for concurrent use.</remarks>
public sealed class CaseWords
{
    private static readonly ResourceManager Resources = new(typeof(CaseTexts));
    private static readonly Dictionary<char, char> Marks = new() { ['«'] = '»', ['“'] = '”', ['"'] = '"' };
    private static readonly CaseWords English = new("en");
    private static readonly CaseWords Spanish = new("es");

    private CaseWords(string language) => Culture = CultureInfo.GetCultureInfo(language);

    /// <summary>How numbers and days are written.</summary>
    public CultureInfo Culture { get; }

    /// <summary>The words in a language.</summary>
    /// <param name="language">The language; English when undetermined.</param>
    public static CaseWords In(MessageLanguage language) => language == MessageLanguage.Spanish ? Spanish : English;

    /// <summary>Why a step was refused, and what to do about it.</summary>
    /// <param name="rule">The reason.</param>
    public string Refusal(CaseRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return Text("Refusal." + rule.Id);
    }

    /// <summary>The name of a stage, outcome, role, channel, motive or any other choice of the cases.</summary>
    /// <typeparam name="T">What kind of choice.</typeparam>
    /// <param name="value">The choice.</param>
    public string Name<T>(T value)
        where T : struct, Enum => Text($"{typeof(T).Name}.{value}");

    /// <summary>The name of a reason for a dismissal (B2).</summary>
    /// <param name="reasonId">Its id; one that is not known stands for itself.</param>
    public string Reason(string reasonId) => DismissalReason.Find(reasonId) is null ? reasonId : Text("Reason." + reasonId);

    /// <summary>What a button says that gives a command.</summary>
    /// <typeparam name="T">The command: of a dismissal, a departure or a customer's record.</typeparam>
    public string Command<T>()
        where T : class => Command(typeof(T));

    /// <summary>What a button says that gives a command.</summary>
    /// <param name="command">The command's type.</param>
    public string Command(Type command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return Text("Command." + command.Name);
    }

    /// <summary>A day, for instance 3 May 2026.</summary>
    /// <param name="day">The day.</param>
    public string Day(DateOnly day) => day.ToString("d MMM yyyy", Culture);

    /// <summary>The day of an instant.</summary>
    /// <param name="at">The instant.</param>
    /// <param name="zone">The place whose calendar counts.</param>
    public string Day(DateTimeOffset at, TimeZoneInfo zone) => Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime));

    /// <summary>An instant with its time.</summary>
    /// <param name="at">The instant.</param>
    /// <param name="zone">The place whose clock counts.</param>
    public string Time(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy, HH:mm", Culture);

    /// <summary>A length of time in whole minutes: what was shorter took one.</summary>
    /// <param name="duration">How long; above zero.</param>
    public static int Minutes(TimeSpan duration) => Math.Max(1, (int)Math.Round(duration.TotalMinutes));

    /// <summary>An amount, with the code of its currency.</summary>
    /// <param name="amount">The amount.</param>
    public string Amount(Money amount)
    {
        ArgumentNullException.ThrowIfNull(amount);
        var decimals = GoodwillAllowance.DecimalsOf(amount.Currency) ?? 2;
        return string.Create(Culture, $"{amount.Amount.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), Culture)} {amount.Currency}");
    }

    /// <summary>What somebody wrote, to stand between quotation marks: marks around it give way, and those within it become the inner ones of the language.</summary>
    /// <param name="text">What they wrote.</param>
    public string Within(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var inner = text.Trim();
        if (inner.Length > 1 && Marks.TryGetValue(inner[0], out var end) && inner.IndexOf(end, 1) == inner.Length - 1)
        {
            inner = inner[1..^1];
        }

        return this == Spanish ? inner.Replace('«', '“').Replace('»', '”') : inner.Replace('“', '‘').Replace('”', '’');
    }

    /// <summary>A line of the timeline.</summary>
    /// <param name="key">Its key, without the group.</param>
    /// <param name="values">What goes into the places.</param>
    internal string Event(string key, params object[] values) => string.Format(Culture, Text("Event." + key), values);

    private string Text(string key) => Resources.GetString(key, Culture) ?? throw new InvalidOperationException($"There is no text '{key}'.");
}
