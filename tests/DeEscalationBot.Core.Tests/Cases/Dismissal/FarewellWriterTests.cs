using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Plugin.Playbook;

namespace DeEscalationBot.Core.Tests.Cases.Dismissal;

/// <summary>What a farewell has to hold follows from the playbook's B7; that nothing is wrong with it, the draft rules as they ship say.</summary>
public sealed class FarewellWriterTests
{
    private static readonly DraftReviewer Reviewer = ThePlaybook.Drafts;
    private static readonly FarewellWriter Writer = PlaybookLetters.ReadFarewell(ThePlaybook.Files, Reviewer);
    private static readonly DateOnly EndsOn = new(2026, 8, 31);
    private static readonly MessageLanguage[] Languages = [MessageLanguage.Spanish, MessageLanguage.English];

    // Every reason of the documents, by every address; alone, and beside another one.
    public static TheoryData<string, MessageLanguage, AddressForm> Farewells
    {
        get
        {
            var farewells = new TheoryData<string, MessageLanguage, AddressForm>();
            foreach (var reason in DismissalReason.All.Where(r => r != DismissalReason.DreadedByTeam))
            {
                farewells.Add(reason.Id, MessageLanguage.English, AddressForm.Usted);
                foreach (var address in Enum.GetValues<AddressForm>())
                {
                    farewells.Add(reason.Id, MessageLanguage.Spanish, address);
                }
            }

            return farewells;
        }
    }

    [Theory]
    [MemberData(nameof(Farewells))]
    public void Write_AnyReason_IsWholeAndBreaksNoRule(string reasonId, MessageLanguage language, AddressForm address)
    {
        foreach (var reasons in (string[][])[[reasonId], [reasonId, reasonId == "does-not-pay" ? "not-a-fit" : "does-not-pay"]])
        {
            var draft = Write(Case(reasons), language, address);
            Assert.Empty(draft.Missing);
            Assert.True(draft.BrokenRules.Count == 0, string.Join(", ", draft.BrokenRules) + "\n" + draft.Text);
            Assert.True(draft.IsReady);
            Assert.DoesNotContain('{', draft.Text);
            Assert.DoesNotContain("..", draft.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("  ", draft.Text, StringComparison.Ordinal);
            Assert.Contains("2026", draft.Text, StringComparison.Ordinal);
            Assert.Contains(Facts(language).Signature!, draft.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Write_CordialCase_HoldsEveryPart() => Assert.Equal(
        """
        Hola, Justina:

        Hemos valorado la confianza con la que nos encargó su primera tienda.

        Hemos decidido terminar nuestra relación comercial. El último día será el 31 de agosto de 2026. Lo hacemos porque las preguntas que le hicimos el 3 de mayo de 2026, el 10 de mayo de 2026 y el 17 de mayo de 2026 quedaron sin respuesta. Se lo comunicamos el 20 de abril de 2026.

        Hasta ese día cumpliremos todo lo acordado. Como gesto de cierre, le devolveremos 1.000,00 EUR.

        Para lo que busca, Estudio Norte puede ser una opción mejor. Le entregaremos a usted, o a quien nos indique, lo siguiente: los diseños y el informe final.

        Durante los 14 días siguientes puede presentar un recurso, que leerá alguien que no ha intervenido: recursos@example.org.

        Gracias por el trabajo compartido. Le deseamos mucho éxito en lo que venga.

        Marta Ruiz, Taller Sur
        """,
        Write(Case(["does-not-communicate"], times: 3), MessageLanguage.Spanish).Text);

    // Short and firm: nothing of what mattered, and no other provider when they were dishonest.
    [Fact]
    public void Write_SevereCaseOfADishonestCustomer_IsShortAndRecommendsNobody() => Assert.Equal(
        """
        Dear Justina,

        We have decided to end our business relationship. The last day is 31 August 2026. This is because on 5 occasions between 3 May 2026 and 31 May 2026 a receipt was changed before it was sent to us, which is something that we do not accept.

        Until that day we will keep what was agreed, and both sides will speak to each other with respect.

        We will hand over to you, or to whoever you name: the designs and the final report.

        Within the next 14 days you can lodge an appeal, which will be read by somebody who has had no part in this: appeals@example.org.

        We wish you well.

        Marta Ruiz, South Workshop
        """,
        Write(Case(["unethical"], times: 5, refund: 0, warned: false), MessageLanguage.English).Text);

    [Fact]
    public void Write_NothingGiven_AsksForEveryPartAndLeavesNoBlank()
    {
        foreach (var language in Languages)
        {
            var state = Case(["breaks-terms", "not-a-fit"]);
            var draft = Writer.Write(state, Brief(state), new FarewellFacts(), language, TimeZoneInfo.Utc);
            Assert.Equal(
                [FarewellPart.Name, FarewellPart.Mattered, FarewellPart.Detail, FarewellPart.Detail, FarewellPart.OtherProvider, FarewellPart.Documents, FarewellPart.AppealContact, FarewellPart.Signature],
                draft.Missing.Select(m => m.Part));
            Assert.Equal(["breaks-terms", "not-a-fit"], draft.Missing.Select(m => m.ReasonId).OfType<string>());
            Assert.All(draft.Missing, m => Assert.Contains("?", m.Asks, StringComparison.Ordinal));
            Assert.False(draft.IsReady);
            Assert.DoesNotContain('{', draft.Text);
        }
    }

    // For a plain breach of terms a template with a personal part will do: the name, the term and the day are it.
    [Fact]
    public void Write_PlainBreachOfTerms_DoesNotAskWhatMattered()
    {
        var state = Case(["breaks-terms"]);
        Assert.True(Brief(state).MayStartFromTemplate);
        foreach (var language in Languages)
        {
            var draft = Writer.Write(state, Brief(state), Facts(language) with { Mattered = null }, language, TimeZoneInfo.Utc);
            Assert.True(draft.IsReady, string.Join(", ", draft.BrokenRules) + draft.Text);
        }
    }

    // What the team feels is ours to carry: it stands on the case beside another reason, and is not told.
    [Fact]
    public void Write_TeamDreadsThem_IsNotTold()
    {
        var alone = Write(Case(["abuses-team"]), MessageLanguage.English);
        Assert.Equal(alone.Text, Write(Case(["abuses-team", "dreaded-by-team"]), MessageLanguage.English).Text);
    }

    // The evidence is of 23:30 UTC on 3 May, which is 4 May in Madrid; the customer's own words are not said back.
    [Fact]
    public void Write_Days_AreThoseOfTheDesk_AndInsultsAreNotRepeated()
    {
        var state = Case(["abuses-team"], at: new DateTimeOffset(2026, 5, 3, 23, 30, 0, TimeSpan.Zero));
        var draft = Writer.Write(state, Brief(state), Facts(MessageLanguage.Spanish), MessageLanguage.Spanish, TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid"));
        Assert.Contains("porque el 4 de mayo de 2026 nuestro equipo recibió insultos.", draft.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("idiot", draft.Text, StringComparison.Ordinal);
    }

    // What a person adds is read by the same rules: a door left open or a judgement is found, also inside a composed message.
    [Theory]
    [InlineData(MessageLanguage.Spanish, "reconsideration-opening", "los diseños; si cambia de actitud, podemos reconsiderarlo")]
    [InlineData(MessageLanguage.English, "reconsideration-opening", "the designs; if you change your attitude, we can reconsider")]
    [InlineData(MessageLanguage.Spanish, "personal-attack", "los diseños. Es usted una persona tóxica")]
    [InlineData(MessageLanguage.English, "personal-attack", "the designs. You are a toxic person")]
    [InlineData(MessageLanguage.Spanish, "untouched-template", "[DOCUMENTOS]")]
    [InlineData(MessageLanguage.English, "untouched-template", "[DOCUMENTS]")]
    public void Write_BadPartGiven_IsFound(MessageLanguage language, string rule, string documents)
    {
        var state = Case(["does-not-pay"]);
        var draft = Writer.Write(state, Brief(state), Facts(language) with { Documents = documents }, language, TimeZoneInfo.Utc);
        Assert.Contains(rule, draft.BrokenRules);
        Assert.False(draft.IsReady);
    }

    // Farewells as people write them when nobody helps: what the rules have to find in each, by the contract.
    [Theory]
    [InlineData(MessageLanguage.Spanish, "untouched-template", "Estimado cliente: lamentamos comunicarle que hemos decidido finalizar nuestra relación comercial. Le deseamos lo mejor.")]
    [InlineData(MessageLanguage.English, "untouched-template", "Dear customer, we regret to inform you that we have decided to end our business relationship. We wish you all the best.")]
    [InlineData(MessageLanguage.Spanish, "vague-reason", "Hola, Justina: por diversos motivos internos, el 31 de agosto terminamos nuestra relación comercial. Le recomendamos Estudio Norte.")]
    [InlineData(MessageLanguage.English, "vague-reason", "Dear Justina, for various internal reasons we will end our business relationship on 31 August. We recommend North Studio.")]
    [InlineData(MessageLanguage.Spanish, "reconsideration-opening", "Hola, Justina: el 31 de agosto terminamos el contrato por las facturas de mayo y junio sin pagar. Quizá más adelante podamos retomarlo.")]
    [InlineData(MessageLanguage.English, "reconsideration-opening", "Dear Justina, we end the contract on 31 August because the May and June invoices are unpaid. Perhaps we can pick it up again later.")]
    [InlineData(MessageLanguage.Spanish, "personal-attack", "Hola, Justina: el 31 de agosto terminamos el contrato por los insultos del 3 de mayo. Es usted una maleducada.")]
    [InlineData(MessageLanguage.English, "personal-attack", "Dear Justina, we end the contract on 31 August over the insults of 3 May. You are a rude and horrible person.")]
    public void Rules_BadFarewell_FindWhatIsWrong(MessageLanguage language, string rule, string text) => Assert.Contains(rule, new DraftFarewellReader(Reviewer).BrokenRules(text, language));

    // B7, B8: what was worth the work and what is kept until the last day belong into a farewell; that we had always kept everything is self-justification (A6).
    [Theory]
    [InlineData(MessageLanguage.Spanish, "Hasta ese día cumplimos todo lo acordado.", true)]
    [InlineData(MessageLanguage.Spanish, "Hasta entonces cumpliremos con todo lo que acordamos.", true)]
    [InlineData(MessageLanguage.Spanish, "Hasta el último día cumplimos con lo que decía el contrato.", true)]
    [InlineData(MessageLanguage.Spanish, "Nos quedan los tres catálogos que hicimos con usted, y los hemos valorado.", true)]
    [InlineData(MessageLanguage.Spanish, "Nos llevamos lo que hicimos juntos en estos dos años.", true)]
    [InlineData(MessageLanguage.Spanish, "Cumplimos con lo que decía el presupuesto.", false)]
    [InlineData(MessageLanguage.Spanish, "Nosotros hicimos lo que dice el contrato.", false)]
    [InlineData(MessageLanguage.English, "Until that day we keep everything that was agreed.", true)]
    [InlineData(MessageLanguage.English, "Until then we will do all that was agreed.", true)]
    [InlineData(MessageLanguage.English, "The three catalogues that we made with you were worth the work, and we value them.", true)]
    [InlineData(MessageLanguage.English, "We have always kept everything that was agreed.", false)]
    public void Rules_WhatWasWorthwhileAndWhatIsKept_IsNoSelfJustification(MessageLanguage language, string sentence, bool isClean)
    {
        var text = language == MessageLanguage.Spanish
            ? $"Hola, Justina: el 31 de agosto terminamos el contrato por los insultos del 3 de mayo. {sentence}"
            : $"Dear Justina, we end the contract on 31 August over the insults of 3 May. {sentence}";

        Assert.Equal(isClean ? [] : ["defensive-justification"], new DraftFarewellReader(Reviewer).BrokenRules(text, language));
    }

    [Fact]
    public void Script_HoldsTheMessageWordForWord_AndBreaksNoRule()
    {
        foreach (var language in Languages)
        {
            var state = Case(["abuses-team"]);
            var message = Write(state, language).Text;
            var script = Writer.Script(message, Brief(state), Facts(language), language);
            Assert.Empty(script.Missing);
            Assert.Contains(script.Steps.SelectMany(s => s.Say), s => s.TrimEnd('.') == message.TrimEnd('.'));
            Assert.Contains(script.Steps.SelectMany(s => s.Say), s => s.Contains("2026", StringComparison.Ordinal) && !s.Contains(message[..20], StringComparison.Ordinal));
            var said = string.Join(' ', script.Steps.SelectMany(s => s.Say).Where(s => !s.StartsWith(message[..20], StringComparison.Ordinal)));
            var findings = Reviewer.Review(new DraftRequest(said, language, Kind: DraftKind.Reply)).Findings.Where(f => f.Severity >= FindingSeverity.Warning);
            Assert.Empty(findings.Select(f => $"{f.Rule}: {f.Evidence.Text}"));
            Assert.DoesNotContain("reconsideration-opening", new DraftFarewellReader(Reviewer).BrokenRules(said, language));
        }
    }

    // Whoever edits the playbook is told what is wrong with it at the start, not in the middle of a farewell.
    [Theory]
    [InlineData("farewell", "  never-content:", "  always-content:", "never-content")]
    [InlineData("farewell", "  does-not-pay:", "  pays-late: {says: {usted: x}}\n  does-not-pay:", "pays-late")]
    [InlineData("farewell", "  signature:", "  # signature:", "Signature")]
    [InlineData("farewell-call", "to: firm }", "to: further }", "further")]
    public void ReadFarewell_PlaybookThatCannotBeUsed_SaysWhatIsWrong(string file, string written, string changed, string named)
    {
        var folder = Directory.CreateTempSubdirectory("deb-test-");
        try
        {
            foreach (var path in Languages.SelectMany(l => new[] { "farewell", "farewell-call" }.Select(f => Path.Combine(l.Code(), f + ".yaml"))))
            {
                var text = File.ReadAllText(Path.Combine(ThePlaybook.Files.Directory, path));
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.FullName, path))!);
                File.WriteAllText(Path.Combine(folder.FullName, path), Path.GetFileName(path) == file + ".yaml" ? text.Replace(written, changed, StringComparison.Ordinal) : text);
            }

            var error = Assert.Throws<PlaybookException>(() => PlaybookLetters.ReadFarewell(new PlaybookFiles(folder.FullName), Reviewer));
            Assert.Contains(named, error.Message, StringComparison.Ordinal);
            Assert.Contains(file + ".yaml", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static FarewellDraft Write(DismissalCase state, MessageLanguage language, AddressForm address = AddressForm.Usted)
    {
        var facts = Facts(language);
        return Writer.Write(state, Brief(state), address == AddressForm.Usted ? facts : facts with { Mattered = "la confianza con la que nos encargaste tu primera tienda" }, language, TimeZoneInfo.Utc, address);
    }

    private static FarewellBrief Brief(DismissalCase state) => FarewellBrief.Of(state, new CaseSettings())!;

    private static FarewellFacts Facts(MessageLanguage language) => language == MessageLanguage.English
        ? new FarewellFacts(
            "Justina",
            "the trust with which you gave us your first shop.",
            new Dictionary<string, string>
            {
                ["unethical"] = "a receipt was changed before it was sent to us",
                ["not-a-fit"] = "direct sales in Japan",
                ["ignores-instructions"] = "the texts were put online without the review that was planned",
                ["untrue-public-claims"] = "a post of that day says that we sell our customers' data",
                ["breaks-terms"] = "clause 4, the licence was used by a second company",
            },
            "North Studio",
            "the designs and the final report",
            "appeals@example.org",
            "Marta Ruiz, South Workshop")
        : new FarewellFacts(
            "Justina",
            "la confianza con la que nos encargó su primera tienda.",
            new Dictionary<string, string>
            {
                ["unethical"] = "se cambió un recibo antes de enviárnoslo",
                ["not-a-fit"] = "venta directa en Japón",
                ["ignores-instructions"] = "los textos se publicaron sin la revisión prevista",
                ["untrue-public-claims"] = "una publicación de ese día dice que vendemos los datos de nuestros clientes",
                ["breaks-terms"] = "la cláusula 4, una segunda empresa usó la licencia",
            },
            "Estudio Norte",
            "los diseños y el informe final",
            "recursos@example.org",
            "Marta Ruiz, Taller Sur");

    // A case with reasons, evidence a week apart from 3 May on, a warning of 20 April, and a plan to end on 31 August.
    private static DismissalCase Case(string[] reasons, int times = 1, decimal refund = 1_000, bool warned = true, DateTimeOffset? at = null)
    {
        var first = at ?? new DateTimeOffset(2026, 5, 3, 10, 0, 0, TimeSpan.Zero);
        var money = new DismissalMoney(
            new DateOnly(2025, 6, 2), TheRecord.Today, TheRecord.Euros(9_000), TimeSpan.FromHours(310), TheRecord.Euros(10_850), TheRecord.Euros(refund), TheRecord.Euros(-1_850), TheRecord.Euros(850), TheRecord.Euros(12_000));
        var state = DismissalCase.Start("case-1").Apply(new DismissalOpened(TheRecord.Now, "ana", TheRecord.CustomerId, "x"));
        foreach (var reason in reasons)
        {
            state = state.Apply(new ReasonChosen(TheRecord.Now, "ana", reason));
            for (var i = 0; i < times; i++)
            {
                state = state.Apply(new EvidenceAdded(TheRecord.Now, "ana", reason, new Evidence($"{reason}-{i}", DismissalReason.Find(reason)!.Shown[0], first.AddDays(7 * i), "You useless idiot")));
            }

            if (warned && DismissalReason.Find(reason)!.NeedsWarning)
            {
                state = state.Apply(new WarningRecorded(TheRecord.Now, "ana", new CustomerWarning(reason, TheDismissal.Warned, FarewellChannel.Phone, "Please answer")));
            }
        }

        return state.Apply([
            new MoneyReckoned(TheRecord.Now, "ana", money),
            new TellingPlanned(TheRecord.Now, "ana", TheDismissal.Plan with { EndsOn = EndsOn }),
        ]);
    }
}
