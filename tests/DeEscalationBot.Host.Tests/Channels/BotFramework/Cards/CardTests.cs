using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Cards;
using static DeEscalationBot.Host.Tests.Channels.BotFramework.Cards.CardSamples;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Cards;

public partial class CardTests
{
    [Fact]
    public void EveryCard_FitsTheBudgetAndTheVersionOfTeams() => Assert.All(All(), s =>
    {
        Assert.True(JsonSerializer.SerializeToUtf8Bytes(s.Card.Content).Length <= CardBudget.MaxBytes, s.Name);
        Assert.All(ObjectsOf(s.Card.Content).Where(o => Field(o, "type") == "AdaptiveCard"), c => Assert.Equal("1.5", Field(c, "version")));
    });

    [Fact]
    public void EveryCard_SaysWhatItIsWithoutACustomersWords() => Assert.All(All(), s =>
    {
        Assert.Equal(s.Card.Summary, Field(s.Card.Content, "fallbackText"));
        Assert.NotEmpty(s.Card.Summary);
        Assert.All(Texts, t => Assert.DoesNotContain(t[..Math.Min(8, t.Length)], s.Card.Summary, StringComparison.Ordinal));
        Assert.Equal(s.Audience.Language == MessageLanguage.Spanish ? "es" : "en", Field(s.Card.Content, "lang"));
    });

    [Fact]
    public void EveryPicture_SaysInWordsWhatItShowsAndComesWithTheCard() => Assert.All(All(), s =>
        Assert.All(ObjectsOf(s.Card.Content).Where(o => Field(o, "type") == "Image"), i =>
        {
            Assert.NotEmpty(Field(i, "altText")!);
            Assert.StartsWith("data:image/png;base64,", Field(i, "url"), StringComparison.Ordinal);
        }));

    [Fact]
    public void PeoplesWords_StandInTextRunsAlone() => Assert.All(All(), s =>
        Assert.All(ObjectsOf(s.Card.Content).Where(o => Field(o, "type") is not "TextRun" and { } type && !type.StartsWith("Action.", StringComparison.Ordinal)), o =>
        {
            // A TextBlock is Markdown, and so is what a client does with titles and hints.
            foreach (var words in new[] { "evil.example", "<script", "${", "أنا", "😡" })
            {
                Assert.All(new[] { "text", "title", "label", "placeholder", "altText", "errorMessage", "fallbackText" }, f => Assert.DoesNotContain(words, Field(o, f) ?? "", StringComparison.Ordinal));
            }
        }));

    [Fact]
    public void TextRuns_HoldNothingThatReordersHidesOrIsReplaced() => Assert.All(All(), s =>
        Assert.All(ObjectsOf(s.Card.Content).Where(o => Field(o, "type") == "TextRun"), o =>
        {
            var text = Field(o, "text")!;
            Assert.DoesNotContain(text, c => c is '\u202A' or '\u202B' or '\u202C' or '\u202D' or '\u202E' or '\u2066' or '\u2067' || char.IsControl(c));
            Assert.Equal(text.Count(c => c == '\u2068'), text.Count(c => c == '\u2069'));
            Assert.DoesNotMatch(CardFunction(), text.Replace("{{DATE(2026-03-02T09:05:00Z,SHORT)}} {{TIME(2026-03-02T09:05:00Z)}}", "", StringComparison.Ordinal));
        }));

    [Fact]
    public void Teams_EveryExecuteHasASubmitThatAsksForTheSame() => Assert.All(All().Where(s => s.Audience.Surface == CardSurface.Teams), s =>
    {
        var pressed = ObjectsOf(s.Card.Content).Where(o => Field(o, "type") == "Action.Execute" && o.TryGetProperty("title", out _)).ToArray();
        Assert.All(pressed, e =>
        {
            var fallback = e.GetProperty("fallback");
            Assert.Equal("Action.Submit", Field(fallback, "type"));
            var (executed, submitted) = (CardCommand.Read(new CardActionValue(e.Deserialize<ExecuteAction>(ActivityJson.Options))), CardCommand.Read(fallback.GetProperty("data")));
            Assert.NotNull(executed);
            Assert.Equal((executed.Verb, executed.Conversation, executed.Alert, executed.Variant, executed.Useful), (submitted!.Verb, submitted.Conversation, submitted.Alert, submitted.Variant, submitted.Useful));
        });
    });

    [Fact]
    public void DialogAndWebChat_HaveNoExecuteAtAll() => Assert.All(
        All().Where(s => s.Audience.Surface != CardSurface.Teams),
        s => Assert.DoesNotContain(ObjectsOf(s.Card.Content), o => Field(o, "type") == "Action.Execute"));

    [Fact]
    public void Inputs_HaveALabelAndSayWhatIsMissing() => Assert.All(All(), s =>
    {
        var inputs = ObjectsOf(s.Card.Content).Where(o => Field(o, "type") == "Input.Text").ToArray();
        Assert.All(inputs, i => Assert.NotEmpty(Field(i, "label")!));
        Assert.All(inputs.Where(i => i.TryGetProperty("isRequired", out _)), i => Assert.NotEmpty(Field(i, "errorMessage")!));
        Assert.Equal(inputs.Length, inputs.Select(i => Field(i, "id")).Distinct().Count());
    });

    [Fact]
    public void TeamsShowsAtMostSixButtonsAtOnce() => Assert.All(All(), s =>
        Assert.All(ObjectsOf(s.Card.Content).Where(o => Field(o, "type") == "ActionSet"), a => Assert.InRange(a.GetProperty("actions").GetArrayLength(), 1, 6)));

    [Fact]
    public void Coaching_ShowsTheLevelTheWordsTheSuggestionTheStepAndWhy()
    {
        var text = PlainTextOf(CoachingCard.Build(Advice("nadie me responde"), new CardAudience(MessageLanguage.Spanish, CardSurface.Teams, Site)));
        Assert.All(new[] { "Frustración", "Nivel 3 de 5", "nadie me responde", "Dígalo con sus palabras", "Siguiente paso", "A1", "De otra forma", "Revisar mi borrador", "Pedir un supervisor", "Abrir el panel" }, w => Assert.Contains(w, text, StringComparison.Ordinal));
        Assert.DoesNotContain("de 7", text, StringComparison.Ordinal); // The steps are no score.
    }

    [Fact]
    public void Coaching_ThePageThatItOpens_KeepsTheConversationsIdWhole()
    {
        var card = CoachingCard.Build(Advice("x"), new CardAudience(MessageLanguage.English, CardSurface.Teams, Site));
        var address = ObjectsOf(card.Content).Select(o => Field(o, "url")).OfType<string>().Single(u => u.StartsWith("https:", StringComparison.Ordinal));
        Assert.Equal("https://coach.example.com/sidebar/desk%2F88213%20%C3%A9", address);
    }

    [Theory]
    [InlineData("https://example.com/coach", "https://example.com/coach/console?c=desk%2F88213%20%C3%A9")]
    [InlineData("https://example.com/coach/", "https://example.com/coach/console?c=desk%2F88213%20%C3%A9")]
    [InlineData("https://example.com", "https://example.com/console?c=desk%2F88213%20%C3%A9")]
    public void Alert_ThePageThatItOpens_LiesUnderThePathOfTheSite(string site, string opens)
    {
        var card = AlertCard.Build(Alert("x"), new CardAudience(MessageLanguage.English, CardSurface.Teams, new Uri(site)));
        Assert.Contains(opens, ObjectsOf(card.Content).Select(o => Field(o, "url")));
    }

    [Fact]
    public void Alert_ForWhomMayNotAct_ShowsEverythingAndOffersNothing()
    {
        var card = AlertCard.Build(Alert("Quiero hablar con su jefe") with { CanAct = false, RefreshFor = [] }, new CardAudience(MessageLanguage.English, CardSurface.Teams, Site));
        Assert.Equal([CardVerbs.Refresh], ObjectsOf(card.Content).Select(o => Field(o, "verb")).OfType<string>());
        Assert.False(card.Content.GetProperty("refresh").TryGetProperty("userIds", out _)); // Whoever looks.
        Assert.Contains("jefe", PlainTextOf(card), StringComparison.Ordinal);
    }

    [Fact]
    public void Alert_ThatTheLadderToldAgain_SaysWhomAndHowOften()
    {
        var text = PlainTextOf(AlertCard.Build(Told("secreto"), new CardAudience(MessageLanguage.Spanish, CardSurface.Teams, Site)));
        Assert.All(new[] { "Se avisa ahora a", "Jefatura", "3 veces", "T10" }, w => Assert.Contains(w, text, StringComparison.Ordinal));
        Assert.DoesNotContain("secreto", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Alert_WordsHidden_ShowsNothingThatTheCustomerWrote()
    {
        var notice = Alert("mi jefe es Ramón", AlertState.Raised) with { ShowsWords = false };
        notice = notice with { Agent = "Lucía" };
        var text = PlainTextOf(AlertCard.Build(notice, new CardAudience(MessageLanguage.Spanish, CardSurface.Teams, Site)));
        Assert.DoesNotContain("Ramón", text, StringComparison.Ordinal);
        Assert.Contains("no se muestran", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Alert_WordsShown_PersonalDataAreTakenOut()
    {
        var notice = Alert("llámeme al +34 600 123 456 o ana@example.com");
        notice = notice with { Agent = "Lucía", Alert = notice.Alert with { Notes = [notice.Alert.Notes[0] with { By = "Inés" }] } };
        var text = PlainTextOf(AlertCard.Build(notice, new CardAudience(MessageLanguage.English, CardSurface.Teams)));
        Assert.DoesNotContain("600 123", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ana@example.com", text, StringComparison.Ordinal);
        Assert.Contains("[EMAIL]", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AlertState.Raised, true, true)]
    [InlineData(AlertState.Delivered, true, true)]
    [InlineData(AlertState.Acknowledged, false, true)]
    [InlineData(AlertState.TakenOver, false, true)]
    [InlineData(AlertState.Resolved, false, false)]
    [InlineData(AlertState.Dismissed, false, false)]
    public void Alert_OffersWhatCanStillBeDone(AlertState state, bool acknowledges, bool acts)
    {
        var card = AlertCard.Build(Alert("Quiero hablar con su jefe", state), new CardAudience(MessageLanguage.English, CardSurface.Teams, Site));
        var verbs = ObjectsOf(card.Content).Select(o => Field(o, "verb")).OfType<string>().ToHashSet(StringComparer.Ordinal);
        Assert.Equal(acknowledges, verbs.Contains(CardVerbs.Acknowledge));
        Assert.Equal(acts, verbs.IsSupersetOf([CardVerbs.TakeOver, CardVerbs.Whisper, CardVerbs.Resolve, CardVerbs.Dismiss, CardVerbs.Refresh]));
        Assert.Equal(acts, card.Content.TryGetProperty("refresh", out _));
    }

    [Fact]
    public void Alert_RefreshesForAtMostAsManyAsTeamsAllows()
    {
        var card = AlertCard.Build(Alert("x"), new CardAudience(MessageLanguage.English, CardSurface.Teams));
        Assert.Equal(60, card.Content.GetProperty("refresh").GetProperty("userIds").GetArrayLength()); // universal-action-model.md of AdaptiveCards: 60.
    }

    [Fact]
    public void LongDraft_IsShownWholeOrNotAtAll()
    {
        var review = Review("x") with { Rewrite = new string('a', 50_000) };
        Assert.DoesNotContain("aaaa", PlainTextOf(DraftReviewCard.Build(review, null, new CardAudience(MessageLanguage.English, CardSurface.Teams))), StringComparison.Ordinal);
        var whole = Review("x") with { Rewrite = new string('a', 1000) };
        Assert.Contains(new string('a', 1000), PlainTextOf(DraftReviewCard.Build(whole, null, new CardAudience(MessageLanguage.English, CardSurface.Teams))), StringComparison.Ordinal);
    }

    private static string PlainTextOf(RenderedCard card) => ObjectsOf(card.Content).Aggregate(new StringBuilder(), (all, o) => all.AppendLine(Field(o, "text")).AppendLine(Field(o, "title"))).ToString();

    [GeneratedRegex(@"\{\{(DATE|TIME)")]
    private static partial Regex CardFunction();
}
