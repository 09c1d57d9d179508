using System.Globalization;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Plugin;

/// <summary>Collects what is wrong with the settings of a section, as sentences that name the setting and what it may be.</summary>
/// <param name="section">The section's name.</param>
internal sealed class SettingFailures(string section)
{
    private readonly List<string> _all = [];

    /// <summary>What the host is told.</summary>
    public ValidateOptionsResult Result => _all.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_all);

    /// <summary>Notes a failure in words of its own.</summary>
    /// <param name="sentence">The sentence.</param>
    public void Add(string sentence) => _all.Add(sentence);

    /// <summary>Notes a failure unless something holds.</summary>
    /// <param name="isRight">Whether it holds.</param>
    /// <param name="setting">The setting, without its section.</param>
    /// <param name="problem">What is wrong, as the rest of a sentence.</param>
    public void Check(bool isRight, string setting, string problem)
    {
        if (!isRight)
        {
            _all.Add($"{section}:{setting} {problem}.");
        }
    }

    /// <summary>Notes a failure unless a value lies between two others, or is one of them.</summary>
    /// <typeparam name="T">Of what kind.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="least">The least that is legal.</param>
    /// <param name="most">The most that is legal.</param>
    /// <param name="setting">The setting, without its section.</param>
    public void Range<T>(T value, T least, T most, string setting)
        where T : IComparable<T>, IFormattable =>
        Check(
            value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0,
            setting,
            string.Create(CultureInfo.InvariantCulture, $"is {value}. It must lie between {least} and {most}"));
}
