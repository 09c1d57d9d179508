using CsCheck;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Coaching.Letters;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Plugin.Playbook;

namespace DeEscalationBot.Core.Tests.Coaching.Letters;

/// <summary>What a letter and a call hold follows from the playbook's A13 and A14: only what was told or given, and questions for the rest.</summary>
public sealed class LettersAndCallsTests
{
    private static readonly DraftReviewer Reviewer = ThePlaybook.Drafts;
    private static readonly ApologyLetter Letter = PlaybookLetters.ReadLetter(ThePlaybook.Files, PlaybookParaphrase.ReadEngine(ThePlaybook.Files, ThePlaybook.Signals), Reviewer);
    private static readonly CallScript Call = PlaybookLetters.ReadCall(ThePlaybook.Files);
    private static readonly MessageLanguage[] Languages = [MessageLanguage.Spanish, MessageLanguage.English];

    [Theory]
    [InlineData(MessageLanguage.English, "I have been waiting three weeks for my refund of $89 and nobody answers me", "waiting three weeks", "$89")]
    [InlineData(MessageLanguage.Spanish, "Llevo tres semanas esperando el reembolso de 89 euros y nadie me contesta", "tres semanas", "89 euros")]
    public void From_Conversation_TakesTheCustomersFactsWithoutFrameAndQuestion(MessageLanguage language, string text, string first, string second)
    {
        var talk = new ScriptedConversation(language).Customer("Hola / Hello", FrustrationLevel.Calm).Customer(text, FrustrationLevel.Frustrated);

        var facts = Letter.From(talk.Now, " Ana ").Facts;

        Assert.NotNull(facts);
        Assert.Contains(first, facts, StringComparison.Ordinal);
        Assert.Contains(second, facts, StringComparison.Ordinal);
        Assert.DoesNotContain("?", facts, StringComparison.Ordinal);
        Assert.False(char.IsPunctuation(facts[0]));
        Assert.Equal("Ana", Letter.From(talk.Now, " Ana ").Name);
    }

    [Fact]
    public void From_NothingToSayBack_LeavesTheFactsToTheAgent() =>
        Assert.Null(Letter.From(new ScriptedConversation(MessageLanguage.English).Customer("hello", FrustrationLevel.Calm).Now).Facts);

    [Theory]
    [InlineData(MessageLanguage.English)]
    [InlineData(MessageLanguage.Spanish)]
    public void WriteLetter_NothingGiven_AsksForEverythingAndInventsNothing(MessageLanguage language)
    {
        var draft = Letter.Write(language, new LetterFacts());

        Assert.Equal(
            [LetterPart.Name, LetterPart.Facts, LetterPart.Actions, LetterPart.Date, LetterPart.Contact, LetterPart.Signature], draft.Missing.Select(m => m.Part));
        Assert.False(draft.IsReady);
        Assert.All(draft.Missing, m => Assert.Contains(draft.Paragraphs, p => p.Missing == m.Part && p.Text == m.Asks));
        Assert.DoesNotContain(draft.Text, char.IsDigit);
    }

    [Theory]
    [InlineData(MessageLanguage.English, "Friday 6 March 2026")]
    [InlineData(MessageLanguage.Spanish, "viernes 6 de marzo de 2026")]
    public void WriteLetter_EverythingGiven_IsReadyInTheOrderOfThePlaybook(MessageLanguage language, string date)
    {
        var facts = Given(language);
        for (var variant = -1; variant < 3; variant++)
        {
            var draft = Letter.Write(language, facts, variant);

            Assert.Empty(draft.Missing);
            Assert.True(draft.IsReady);
            Assert.True(draft.Findings.All(f => f.Severity == FindingSeverity.Note), string.Join(", ", draft.Findings.Select(f => $"{f.Rule}: {f.Evidence.Text}")));
            Assert.DoesNotContain('{', draft.Text);
            int[] places = [.. new[] { facts.Name!, facts.Facts!, facts.ActionLines[0], facts.ActionLines[1], date, facts.Contact!, facts.Signature! }.Select(s => draft.Text.IndexOf(s, StringComparison.Ordinal))];
            Assert.DoesNotContain(-1, places);
            Assert.Equal(places.Order(), places);
        }
    }

    [Fact]
    public void WriteLetter_DateThatNobodyConfirmed_StaysOut()
    {
        var draft = Letter.Write(MessageLanguage.English, Given(MessageLanguage.English) with { IsDateConfirmed = false });

        Assert.Equal(LetterPart.Date, Assert.Single(draft.Missing).Part);
        Assert.DoesNotContain("2026", draft.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteLetter_PromiseAmongTheActions_IsFound() =>
        Assert.Contains(
            Letter.Write(MessageLanguage.English, Given(MessageLanguage.English) with { Actions = "We promise you that this will never happen again" }).Findings, f => f.Rule == "promise");

    [Fact]
    public void WriteCall_NothingGiven_StillHasEveryBranchAndNoEmptyPlace()
    {
        foreach (var language in Languages)
        {
            var draft = Call.Write(language, new LetterFacts());

            Assert.Equal([LetterPart.Name, LetterPart.Facts, LetterPart.Actions, LetterPart.Date, LetterPart.Signature, LetterPart.CallBack], draft.Missing.Select(m => m.Part));
            Assert.Contains(draft.Steps, s => s.Next.Count > 1);
            Assert.All(draft.Steps.SelectMany(s => s.Say), s => Assert.DoesNotContain('{', s));
        }
    }

    [Theory]
    [InlineData(MessageLanguage.English, "book the refund and send you the confirmation", "Monday 9 March, 10:30")]
    [InlineData(MessageLanguage.Spanish, "pedir la devolución y enviarle la confirmación", "lunes 9 de marzo a las 10:30")]
    public void WriteCall_EverythingGiven_SaysTheFactsAndPassesTheReview(MessageLanguage language, string actions, string callBack)
    {
        var draft = Call.Write(language, Given(language));
        var said = draft.Steps.SelectMany(s => s.Say).ToArray();

        Assert.Empty(draft.Missing);
        Assert.Contains(said, s => s.Contains(actions, StringComparison.Ordinal));
        Assert.Contains(said, s => s.Contains(callBack, StringComparison.Ordinal));
        Assert.Equal(draft.Steps.Count, CallScript.Paragraphs(draft).Count(p => p.IsHeading));
        Assert.All(said, s => Assert.True(Reviewer.Review(new DraftRequest(s, language)).IsGood, s));
    }

    [Fact]
    public void Scripts_HaveTheSameBranchesInBothLanguages() =>
        Assert.Equal(Shape(MessageLanguage.Spanish), Shape(MessageLanguage.English));

    [Fact]
    public void CalendarText_Appointment_IsFoldedEscapedAndInUtc()
    {
        var at = new DateTimeOffset(2026, 3, 9, 10, 30, 0, TimeSpan.FromHours(1));
        var text = new CalendarEntry("call-1", "Llamar a Ana; otra vez, hoy", "Línea uno\nlínea dos\\ " + new string('ñ', 80), at, TimeSpan.FromMinutes(15), at.AddDays(-1)).ToCalendarText();

        // RFC 5545: lines end in CRLF and have at most 75 octets; commas, semicolons, backslashes and line ends are escaped.
        Assert.All(text.Split("\r\n"), l => Assert.True(System.Text.Encoding.UTF8.GetByteCount(l) <= 75, l));
        Assert.DoesNotContain("\n", text.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("DTSTART:20260309T093000Z\r\nDTEND:20260309T094500Z", text, StringComparison.Ordinal);
        Assert.Contains("SUMMARY:Llamar a Ana\\; otra vez\\, hoy", text, StringComparison.Ordinal);
        Assert.Contains("Línea uno\\nlínea dos\\\\ ", text.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    // RFC 5546, 3.2.1 and 3.2.5: both methods name the same organizer; a cancelled event has no alarm.
    [Theory]
    [InlineData(false, "PUBLISH", 1)]
    [InlineData(true, "CANCEL", 0)]
    public void CalendarText_EachMethod_HoldsWhatItNeeds(bool isCancelled, string method, int alarms)
    {
        var at = ScriptedConversation.Morning;
        var lines = new CalendarEntry("call-1", "x", "y", at, TimeSpan.FromMinutes(15), at) { IsCancelled = isCancelled, Revision = 3 }.ToCalendarText().Split("\r\n");

        Assert.Contains("METHOD:" + method, lines);
        Assert.Contains("ORGANIZER;CN=DeEscalationBot:mailto:coach@deescalationbot.invalid", lines);
        Assert.Contains("SEQUENCE:3", lines);
        Assert.Equal(alarms, lines.Count(l => l == "BEGIN:VALARM"));
    }

    [Fact]
    public void CalendarText_AnyWords_KeepTheFrame() =>
        Gen.Select(Gen.String[0, 200], Gen.String[0, 200]).Sample(
            (title, description) =>
            {
                // Whatever the words are, the names of the lines are those of an entry with plain ones.
                return NamesOf(title, description).SequenceEqual(NamesOf("a", "b"), StringComparer.Ordinal);
            },
            iter: 300);

    private static IEnumerable<string> NamesOf(string title, string description) =>
        new CalendarEntry("id", title, description, ScriptedConversation.Morning, TimeSpan.FromMinutes(15), ScriptedConversation.Morning).ToCalendarText()
            .Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n").Select(l => l.Split(':')[0]);

    private static LetterFacts Given(MessageLanguage language) => language == MessageLanguage.English
        ? new LetterFacts(
            "Ana Pardo", "you have been waiting three weeks for your refund of $89", "Book the refund.\nSend you the confirmation", new DateOnly(2026, 3, 6), true,
            "+34 600 000 000, Lucía Vega", "Lucía Vega\nExample Shop", new DateTimeOffset(2026, 3, 9, 10, 30, 0, TimeSpan.Zero))
        : new LetterFacts(
            "Ana Pardo", "lleva tres semanas esperando el reembolso de 89 euros", "Pedir la devolución.\nEnviarle la confirmación", new DateOnly(2026, 3, 6), true,
            "600 000 000, Lucía Vega", "Lucía Vega\nTienda Ejemplo", new DateTimeOffset(2026, 3, 9, 10, 30, 0, TimeSpan.Zero));

    private static IEnumerable<string> Shape(MessageLanguage language) =>
        Call.Write(language, Given(language)).Steps.Select(s => $"{s.Id} {s.Say.Count} {string.Join(',', s.Next.Select(n => n.To))}");
}
