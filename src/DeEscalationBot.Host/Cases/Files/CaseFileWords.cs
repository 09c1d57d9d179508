using System.Resources;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Cases.Texts;
using DeEscalationBot.Host.Pages.Texts;
using DeEscalationBot.Host.Reports;

namespace DeEscalationBot.Host.Cases.Files;

/// <summary>The words of files in one language: their own headings, and what the parts of a case are called.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
internal sealed class CaseFileWords
{
    private static readonly ResourceManager Resources = new(typeof(CaseFileTexts));
    private static readonly ResourceManager Pages = new(typeof(PageTexts));
    private static readonly CaseFileWords English = new(MessageLanguage.English);
    private static readonly CaseFileWords Spanish = new(MessageLanguage.Spanish);

    private CaseFileWords(MessageLanguage language) => (Language, Names) = (language, CaseWords.In(language));

    public MessageLanguage Language { get; }

    public CaseWords Names { get; }

    public string this[string key] => Resources.GetString(key, Names.Culture) ?? throw new InvalidOperationException($"There is no text '{key}'.");

    public string this[string key, params object[] values] => string.Format(Names.Culture, this[key], values);

    public static CaseFileWords In(MessageLanguage language) => language == MessageLanguage.Spanish ? Spanish : English;

    public string YesNo(bool value) => this[value ? "CaseFile.Yes" : "CaseFile.No"];

    /// <summary>A signal's name, as the pages call it.</summary>
    public string Signal(SignalType signal) => Pages.GetString($"Signal.{signal}", Names.Culture) ?? throw new InvalidOperationException($"There is no text 'Signal.{signal}'.");

    /// <summary>A row of heads.</summary>
    public SheetCell[] Heads(params ReadOnlySpan<string> keys)
    {
        var heads = new SheetCell[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            heads[i] = SheetCell.Of(this[keys[i]]);
        }

        return heads;
    }

    /// <summary>A number in words, for documents.</summary>
    public string Number(decimal value) => value.ToString("#,0.####", Names.Culture);

    /// <summary>A file's name: what it is, in the reader's language, and what it is about where that can stand in a name.</summary>
    public string FileName(string key, string? about, string ending)
    {
        var safe = new string([.. (about ?? "").Where(c => char.IsAsciiLetterOrDigit(c) || c == '-').Take(60)]);
        return $"{this[key]}{(safe.Length == 0 ? "" : "-")}{safe}.{ending}";
    }
}
