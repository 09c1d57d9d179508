using System.Text.RegularExpressions;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Cases.Texts;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Cases.Texts;

public partial class CaseTextsTests
{
    private static readonly Dictionary<string, string> English = TextResources.Read(typeof(CaseTexts), "en");
    private static readonly Dictionary<string, string> Spanish = TextResources.Read(typeof(CaseTexts), "es");

    private static readonly Type[] Choices =
    [
        typeof(CaseRole), typeof(DismissalStage), typeof(DismissalOutcome), typeof(CustomerAssessment), typeof(FarewellChannel), typeof(OptionResult), typeof(ReasonFamily), typeof(EvidenceNature),
        typeof(DepartureStage), typeof(DepartureOutcome), typeof(RelationAnswer), typeof(ExitTalk), typeof(DepartureMotive), typeof(MotiveResponsibility), typeof(Renegotiation), typeof(HandoverKind),
        typeof(CustomerFit), typeof(ObligationSide), typeof(ObligationKind), typeof(CustomerEnding), typeof(RecordEntryKind),
    ];

    public static TheoryData<MessageLanguage> Languages => [MessageLanguage.Spanish, MessageLanguage.English];

    // The verbs with which these texts ask somebody to do something.
    private static readonly Dictionary<MessageLanguage, HashSet<string>> Requests = new()
    {
        [MessageLanguage.English] = [.. """
            add agree answer ask check choose close compile compose correct decide enter evaluate fulfil give go hold keep leave load look name note offer open
            point put read record reckon remind say send serve settle solve tell try wait warn write
            """.Split(' ', '\n')],
        [MessageLanguage.Spanish] = [.. """
            abra acuerde acuérdela acuérdelo adviértale agréguelo anote anótelo añada apruebe asegúrese atienda cierre ciérrelo compruebe conserve consérvelo consulte continúe corrija cree cúmplalo
            decida deje déjelo déjelos dele diga elija elíjalo entréguelo envíele escriba escríbala escríbalo espere haga hable indique lea léala llámelo mantenga mire pida pídale pídalo pídaselo
            ponga póngalo pruébela quite quítelo recuérdeselo redáctelo resuelva responda retírelo reúnalo reúnase señale trabaje vaya valórela vuelva
            """.Split(' ', '\n')],
    };

    [Fact]
    public void BothLanguages_HaveTheSameKeysAndPlaces()
    {
        Assert.Equal(English.Keys.Order(StringComparer.Ordinal), Spanish.Keys.Order(StringComparer.Ordinal));
        Assert.All(English, e => Assert.Equal(TextResources.PlacesOf(e.Value), TextResources.PlacesOf(Spanish[e.Key])));
    }

    // Core's catalogue and types say what needs words: neither a missing nor a forgotten one goes unnoticed.
    [Fact]
    public void EveryRuleChoiceReasonAndCommandOfCore_HasWords_AndNothingElseHas()
    {
        var named = CaseRuleCatalogue.All.Select(r => "Refusal." + r.Id)
            .Concat(Choices.SelectMany(t => Enum.GetNames(t).Select(n => $"{t.Name}.{n}")))
            .Concat(DismissalReason.All.Select(r => "Reason." + r.Id))
            .Concat(ConcreteOf<DismissalCommand>().Concat(ConcreteOf<DepartureCommand>()).Concat(ConcreteOf<CustomerCommand>()).Select(t => "Command." + t.Name));
        Assert.Equal(named.Order(StringComparer.Ordinal), English.Keys.Where(k => !k.StartsWith("Event.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(
            ConcreteOf<CaseEvent>().Select(t => t.Name).Order(StringComparer.Ordinal),
            English.Keys.Where(k => k.StartsWith("Event.", StringComparison.Ordinal)).Select(k => k.Split('.')[1]).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void EveryRefusal_SaysWhatToDoNext_AndNamesNoId(MessageLanguage language) => Assert.All(CaseRuleCatalogue.All, rule =>
    {
        var text = new CaseWording().Say(rule, language);
        Assert.EndsWith(".", text, StringComparison.Ordinal);
        Assert.True(text.Length is > 30 and < 240, $"{rule.Id}: {text.Length}");
        Assert.Contains(text.ToLowerInvariant().Split([' ', ',', '.', ':', ';']), Requests[language].Contains);
        Assert.DoesNotContain(rule.Id, text, StringComparison.Ordinal);
        Assert.DoesNotMatch(PlaybookId(), text);
        Assert.DoesNotContain("usted", text, StringComparison.OrdinalIgnoreCase);
    });

    [Fact]
    public void EveryRefusal_HasASentenceOfItsOwn()
    {
        Assert.Equal(CaseRuleCatalogue.All.Count, CaseRuleCatalogue.All.Select(r => English["Refusal." + r.Id]).Distinct().Count());
        Assert.Equal(CaseRuleCatalogue.All.Count, CaseRuleCatalogue.All.Select(r => Spanish["Refusal." + r.Id]).Distinct().Count());
    }

    [Fact]
    public void Say_LanguageThatNobodyKnows_IsEnglish() =>
        Assert.Equal(new CaseWording().Say(CaseRules.Closed, MessageLanguage.English), new CaseWording().Say(CaseRules.Closed, MessageLanguage.Undetermined));

    [Fact]
    public void Words_AreOfTheReadersLanguage()
    {
        var (spanish, english) = (CaseWords.In(MessageLanguage.Spanish), CaseWords.In(MessageLanguage.English));
        Assert.Equal(("Amenaza o chantajea", "Threatens or blackmails"), (spanish.Reason("threatens-or-blackmails"), english.Reason("threatens-or-blackmails")));
        Assert.Equal("some-later-reason", english.Reason("some-later-reason"));
        Assert.Equal(("1.234,50 EUR", "1,234.50 EUR"), (spanish.Amount(new Money(1234.5m, "EUR")), english.Amount(new Money(1234.5m, "EUR"))));
        Assert.Equal("1,235 JPY", english.Amount(new Money(1234.5m, "JPY")));
        Assert.Equal(("3 may 2026", "3 May 2026"), (spanish.Day(new DateOnly(2026, 5, 3)), english.Day(new DateOnly(2026, 5, 3))));
        Assert.Equal("Aprobar el mensaje", spanish.Command<ApproveMessage>());
    }

    [Theory]
    [InlineData(MessageLanguage.Spanish, "«¡Inútil!»", "¡Inútil!")]
    [InlineData(MessageLanguage.Spanish, "«¡Inútil!», por teléfono", "“¡Inútil!”, por teléfono")]
    [InlineData(MessageLanguage.Spanish, "¡Inútil!", "¡Inútil!")]
    [InlineData(MessageLanguage.English, "“Useless!” they said", "‘Useless!’ they said")]
    [InlineData(MessageLanguage.English, "\"Useless!\"", "Useless!")]
    [InlineData(MessageLanguage.English, "“One” and “two”", "‘One’ and ‘two’")]
    public void Within_MarksOfTheirOwn_GiveWay(MessageLanguage language, string text, string expected) => Assert.Equal(expected, CaseWords.In(language).Within(text));

    private static IEnumerable<Type> ConcreteOf<T>() => typeof(T).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(T)));

    [GeneratedRegex(@"\b[ABET][0-9]{1,2}\b")]
    private static partial Regex PlaybookId();
}
