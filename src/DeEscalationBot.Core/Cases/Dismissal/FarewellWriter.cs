using System.Globalization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.Letters;
using DeEscalationBot.Core.Conversations;

namespace DeEscalationBot.Core.Cases.Dismissal;

/// <summary>A farewell as far as it can be written.</summary>
/// <param name="Language">Its language.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Paragraphs">Its paragraphs. A part that is missing is left out, not filled with a blank.</param>
/// <param name="Missing">What would still belong in it.</param>
/// <param name="BrokenRules">The rules of the farewell that it breaks.</param>
/// <param name="LastDay">The last day of the relationship, as it stands in the text.</param>
public sealed record FarewellDraft(
    MessageLanguage Language, string Subject, IReadOnlyList<string> Paragraphs, IReadOnlyList<MissingFarewellPart> Missing, IReadOnlyList<string> BrokenRules, string LastDay)
{
    /// <summary>The text, as <see cref="WriteMessage"/> takes it.</summary>
    public string Text => string.Join("\n\n", Paragraphs);

    /// <summary>Whether it can go to whoever approves it.</summary>
    public bool IsReady => Missing.Count == 0 && BrokenRules.Count == 0;
}

/// <summary>Writes the message that ends a relationship, and the script for the call, from the case's own facts (B7).</summary>
/// <remarks>
/// Only what the case or a person gave stands in it: the days of the evidence and of the warnings, measured time, the last day, the refund. Customers' own
/// words are not repeated to them. Deterministic and safe for concurrent use.
/// </remarks>
public sealed class FarewellWriter
{
    private const int MostDaysNamed = 3;

    private readonly FarewellBook _spanish;
    private readonly FarewellBook _english;
    private readonly CallScript _call;
    private readonly IFarewellReader _reader;

    /// <summary>Makes a writer.</summary>
    /// <param name="spanish">The Spanish words.</param>
    /// <param name="english">The English words.</param>
    /// <param name="call">The script of the call.</param>
    /// <param name="reader">Reads what was written by the rules of the farewell.</param>
    /// <exception cref="ArgumentException">A reason has no words, or words stand for no reason; the message names it.</exception>
    public FarewellWriter(FarewellBook spanish, FarewellBook english, CallScript call, IFarewellReader reader)
    {
        Check(spanish, "es");
        Check(english, "en");
        _spanish = spanish;
        _english = english;
        _call = call;
        _reader = reader;
    }

    /// <summary>Writes the message.</summary>
    /// <param name="state">The case.</param>
    /// <param name="brief">What it has to say: <see cref="FarewellBrief.Of"/>.</param>
    /// <param name="facts">What a person gave.</param>
    /// <param name="language">Spanish unless English.</param>
    /// <param name="zone">The place whose calendar the days are of.</param>
    /// <param name="address">How a Spanish-speaking customer is addressed.</param>
    public FarewellDraft Write(DismissalCase state, FarewellBrief brief, FarewellFacts facts, MessageLanguage language, TimeZoneInfo zone, AddressForm address = AddressForm.Usted)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(brief);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(zone);
        var written = language == MessageLanguage.English ? language : MessageLanguage.Spanish;
        var writing = new Writing(written == MessageLanguage.English ? _english : _spanish, CultureInfo.GetCultureInfo(written.Code()), address, zone, state, brief, facts);
        var paragraphs = writing.Paragraphs();
        return new FarewellDraft(written, writing.Book.Subject, paragraphs, writing.Missing, _reader.BrokenRules(string.Join("\n\n", paragraphs), written), writing.LastDay);
    }

    /// <summary>The script for telling the customer in a meeting, by video or by phone: the message as it was approved, and what to say to what may come back.</summary>
    /// <param name="message">The message, word for word.</param>
    /// <param name="brief">What it has to say.</param>
    /// <param name="facts">What a person gave.</param>
    /// <param name="language">Spanish unless English.</param>
    public CallDraft Script(string message, FarewellBrief brief, FarewellFacts facts, MessageLanguage language)
    {
        ArgumentNullException.ThrowIfNull(brief);
        ArgumentNullException.ThrowIfNull(facts);
        return _call.Write(language, new LetterFacts(facts.Name, message, facts.Documents, brief.EndsOn, IsDateConfirmed: true, facts.AppealContact, facts.Signature));
    }

    private static void Check(FarewellBook book, string language)
    {
        ArgumentNullException.ThrowIfNull(book);
        foreach (var reason in DismissalReason.All.Where(r => r != DismissalReason.DreadedByTeam && !book.Reasons.ContainsKey(r.Id)))
        {
            throw new ArgumentException($"farewell.yaml ({language}) has no words for the reason '{reason.Id}'.");
        }

        if (book.Reasons.Keys.FirstOrDefault(id => DismissalReason.Find(id) is null) is { } unknown)
        {
            throw new ArgumentException($"farewell.yaml ({language}) has words for '{unknown}', which is no reason.");
        }

        if (Enum.GetValues<FarewellPart>().Where(p => !book.Asks.ContainsKey(p)).Select(p => (FarewellPart?)p).FirstOrDefault() is { } part)
        {
            throw new ArgumentException($"farewell.yaml ({language}) does not say what to ask for the part '{part}'.");
        }
    }

    // One farewell. A class, so that its parts need not hand the same things to one another.
    private sealed class Writing(FarewellBook book, CultureInfo culture, AddressForm address, TimeZoneInfo zone, DismissalCase state, FarewellBrief brief, FarewellFacts facts)
    {
        public FarewellBook Book => book;

        public List<MissingFarewellPart> Missing { get; } = [];

        public string LastDay => Day(brief.EndsOn);

        private FarewellToneWords Tone => brief.Tone == FarewellTone.Severe ? book.Severe : book.Cordial;

        public List<string> Paragraphs()
        {
            var parts = new[]
            {
                Given(FarewellPart.Name, facts.Name, book.Salutation, "{name}"),
                Mattered(),
                Joined(Tone.Decision.In(address).Replace("{end}", LastDay, StringComparison.Ordinal), Reasons()),
                Joined(Tone.Until.In(address), brief.Refund.Amount > 0 ? book.Refund.In(address).Replace("{refund}", Amount(brief.Refund), StringComparison.Ordinal) : null),
                Joined(
                    brief.RecommendsOther ? Given(FarewellPart.OtherProvider, facts.OtherProvider, book.Provider.In(address), "{provider}") : null,
                    Given(FarewellPart.Documents, facts.Documents, book.Documents.In(address), "{documents}")),
                Given(
                    FarewellPart.AppealContact,
                    facts.AppealContact,
                    book.Appeal.In(address).Replace("{days}", ((int)brief.AppealWithin.TotalDays).ToString(culture), StringComparison.Ordinal),
                    "{contact}"),
                Tone.Wishes.In(address),
                Given(FarewellPart.Signature, facts.Signature, "{signature}", "{signature}", keepsEnd: true),
            };
            return [.. parts.Where(p => !string.IsNullOrEmpty(p)).Select(p => p!)];
        }

        // A plain breach of terms may start from the template: what is personal is welcome then, and not asked for.
        private string? Mattered() => brief.Tone == FarewellTone.Severe || (brief.MayStartFromTemplate && string.IsNullOrWhiteSpace(facts.Mattered))
            ? null
            : Given(FarewellPart.Mattered, facts.Mattered, book.Mattered.In(address), "{mattered}");

        private string Reasons()
        {
            var told = brief.ReasonIds.Where(book.Reasons.ContainsKey).Select(id => (Id: id, Clause: Clause(id))).Where(r => r.Clause is not null).ToArray();
            return Joined(told.Select((r, i) => Reason(r.Id, r.Clause!, i == 0 ? book.Because : book.AlsoBecause)));
        }

        private string Reason(string reasonId, string clause, string because)
        {
            var detail = Trimmed(facts.Details?.GetValueOrDefault(reasonId));
            var more = detail.Length == 0 || book.Reasons[reasonId].Says.In(address).Contains("{detail}", StringComparison.Ordinal) ? null : book.Detail.Replace("{detail}", detail, StringComparison.Ordinal);
            var warnings = state.Warnings.Where(w => w.ReasonId == reasonId).Select(w => w.GivenAt).ToArray();
            return Joined(
                because.Replace("{reason}", clause, StringComparison.Ordinal),
                more,
                warnings.Length == 0 ? null : book.Warned.In(address).Replace("{warned}", When(warnings), StringComparison.Ordinal));
        }

        // Nothing when it cannot be said without what is missing.
        private string? Clause(string reasonId)
        {
            var words = book.Reasons[reasonId];
            var detail = Trimmed(facts.Details?.GetValueOrDefault(reasonId));
            if (words.Asks is { } asks && detail.Length == 0)
            {
                Missing.Add(new MissingFarewellPart(FarewellPart.Detail, reasonId, asks));
                return null;
            }

            var days = state.FindReason(reasonId)?.Evidence.Select(e => e.OccurredAt).ToArray() ?? [];
            return words.Says.In(address)
                .Replace("{when}", When(days), StringComparison.Ordinal)
                .Replace("{hours}", state.Money is { } money ? Math.Round((decimal)money.Contact.TotalHours, 1).ToString("0.#", culture) : "", StringComparison.Ordinal)
                .Replace("{from}", state.Money is { } since ? Day(since.From) : "", StringComparison.Ordinal)
                .Replace("{until}", state.Money is { } to ? Day(to.Until) : "", StringComparison.Ordinal)
                .Replace("{detail}", detail, StringComparison.Ordinal);
        }

        private string When(DateTimeOffset[] instants)
        {
            var days = instants.Select(t => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(t, zone).DateTime)).Distinct().Order().ToArray();
            if (days.Length > MostDaysNamed)
            {
                return book.Often
                    .Replace("{count}", instants.Length.ToString(culture), StringComparison.Ordinal)
                    .Replace("{first}", Day(days[0]), StringComparison.Ordinal)
                    .Replace("{last}", Day(days[^1]), StringComparison.Ordinal);
            }

            var named = days.Select(d => book.On.Replace("{day}", Day(d), StringComparison.Ordinal)).ToArray();
            return named.Length < 2 ? string.Concat(named) : $"{string.Join(", ", named[..^1])} {book.And} {named[^1]}";
        }

        private string? Given(FarewellPart part, string? given, string words, string place, bool keepsEnd = false)
        {
            if (string.IsNullOrWhiteSpace(given))
            {
                Missing.Add(new MissingFarewellPart(part, null, book.Asks[part]));
                return null;
            }

            return words.Replace(place, keepsEnd ? given.Trim() : Trimmed(given), StringComparison.Ordinal);
        }

        private string Day(DateOnly day) => day.ToString(book.DateFormat, culture);

        private string Amount(Money amount)
        {
            var decimals = GoodwillAllowance.DecimalsOf(amount.Currency) ?? 2;
            return string.Create(culture, $"{amount.Amount.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), culture)} {amount.Currency}");
        }

        // The sentence around it ends it.
        private static string Trimmed(string? given) => (given ?? "").Trim().TrimEnd('.', ';', ' ');

        private static string Joined(params IEnumerable<string?> sentences) => string.Join(' ', sentences.Where(s => !string.IsNullOrEmpty(s)));
    }
}
