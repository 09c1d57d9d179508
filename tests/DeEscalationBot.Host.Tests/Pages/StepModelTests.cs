using System.Globalization;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Cases.Texts;
using DeEscalationBot.Host.Pages;
using DeEscalationBot.Host.Pages.Cases;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Tests.Pages;

/// <summary>A form reads what somebody filled in into the command, as the API reads JSON.</summary>
public class StepModelTests
{
    private readonly PageZone _zone = new(Options.Create(new EscalationSettings()));

    public StepModelTests() => _zone.Learn("Europe/Madrid");

    [Fact]
    public void Read_NestedFieldsOfEveryKind_AreTheCommand()
    {
        var model = Form<AddEvidence>(new(typeof(AddEvidence), Fixed: new Dictionary<string, string> { ["evidence.id"] = "e1" }));
        foreach (var (path, value) in new[] { ("reasonId", "abuses-team"), ("evidence.nature", "abuse"), ("evidence.occurredAt", "2026-07-01T12:30"), ("evidence.text", " «Inútil» "), ("evidence.arisesFromOurFailure", "true") })
        {
            model.Values[path] = value;
        }

        var command = Assert.IsType<AddEvidence>(model.Read(_zone, out var unfilled));

        Assert.Null(unfilled);
        Assert.Equal(("abuses-team", "e1", EvidenceNature.Abuse, "«Inútil»", true), (command.ReasonId, command.Evidence.Id, command.Evidence.Nature, command.Evidence.Text, command.Evidence.ArisesFromOurFailure));

        // Half past twelve in Madrid's summer.
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 10, 30, 0, TimeSpan.Zero), command.Evidence.OccurredAt);
        Assert.Null(command.Evidence.ConversationId);
        Assert.Null(command.Evidence.TurnIndex);
    }

    [Theory]
    [InlineData("es-ES", "1.234,50", 1234.5)]
    [InlineData("en-GB", "1,234.50", 1234.5)]
    [InlineData("es-ES", "12,50", 12.5)]
    [InlineData("es-ES", "12.50", 12.5)]
    [InlineData("es-ES", "1.234.567,5", 1234567.5)]
    [InlineData("en-GB", "12.50", 12.5)]
    [InlineData("en-GB", "1.250", 1.25)]
    [InlineData("en-GB", "7", 7)]
    public void Read_Amount_AsTheRegionWritesIt(string region, string written, double expected)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(region);
        var model = Form<ReckonMoney>();
        (model.Values["refund.amount"], model.Values["refund.currency"]) = (written, "EUR");

        Assert.Equal(new Money((decimal)expected, "EUR"), Assert.IsType<ReckonMoney>(model.Read(_zone, out _)).Refund);
    }

    [Theory]
    [InlineData("es-ES", "1.250")]
    [InlineData("es-ES", "1.25,50")]
    [InlineData("es-ES", "1,234.50")]
    [InlineData("en-GB", "12,50")]
    [InlineData("en-GB", "1,250")]
    [InlineData("en-GB", "1.234,50")]
    public void Read_AmountThatCouldMeanTwoThings_IsAskedForAgain(string region, string written)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(region);
        var model = Form<ReckonMoney>();
        (model.Values["refund.amount"], model.Values["refund.currency"]) = (written, "EUR");

        Assert.Null(model.Read(_zone, out var unfilled));
        Assert.Equal("amount", unfilled);
    }

    [Fact]
    public void Read_OptionalAmountLeftOut_IsNone()
    {
        var model = Form<AddObligation>(new(typeof(AddObligation), Fixed: new Dictionary<string, string> { ["obligation.id"] = "o1" }));
        foreach (var (path, value) in new[] { ("obligation.side", "ours"), ("obligation.kind", "deliverable"), ("obligation.text", "Fotos"), ("obligation.amount.currency", "EUR") })
        {
            model.Values[path] = value;
        }

        var obligation = Assert.IsType<AddObligation>(model.Read(_zone, out _)).Obligation;
        Assert.Equal((null, null), (obligation.Amount, obligation.DueOn));
    }

    [Theory]
    [InlineData("refund.amount", "much", "amount")]
    [InlineData("refund.amount", "", "amount")]
    [InlineData("refund.currency", "euros", "currency")]
    public void Read_WhatCannotBeUsed_IsNamed(string path, string value, string expected)
    {
        var model = Form<ReckonMoney>();
        (model.Values["refund.amount"], model.Values["refund.currency"]) = ("5", "EUR");
        model.Values[path] = value;

        Assert.Null(model.Read(_zone, out var unfilled));
        Assert.Equal(expected, unfilled);
    }

    [Fact]
    public void Read_Rows_TakeWhatIsGivenAndWhatIsFilledIn()
    {
        var model = Form<FillMatrix>(new(typeof(FillMatrix), Rows: [new Dictionary<string, string> { ["motive"] = "noBudget" }]));
        Assert.DoesNotContain(model.List!.Fields, f => f.Name == "motive");
        (model.Rows[0]["responsibility"], model.Rows[0]["renegotiation"], model.Rows[0]["note"]) = ("outsideControl", "none", "Suerte");

        var row = Assert.Single(Assert.IsType<FillMatrix>(model.Read(_zone, out _)).Rows);
        Assert.Equal(new MotiveRow(DepartureMotive.NoBudget, MotiveResponsibility.OutsideControl, Renegotiation.None, "Suerte"), row);

        Assert.Empty(Assert.IsType<FillMatrix>(Form<FillMatrix>(new(typeof(FillMatrix), Rows: [])).Read(_zone, out _)).Rows);
    }

    [Fact]
    public void Read_EmptyRows_AreLeftOut()
    {
        var model = Form<AnswerOptions>();
        model.Values["answer"] = "Otra persona";
        model.Rows.Add(new() { ["text"] = "Otra persona", ["result"] = "declined", ["note"] = "No quiso" });

        Assert.Equal([new WorkingOption("Otra persona", OptionResult.Declined, "No quiso")], Assert.IsType<AnswerOptions>(model.Read(_zone, out _)).Options);
    }

    // The record proposes figures with their units: an empty name leaves one out.
    [Fact]
    public void Read_ProposedRowWithoutItsName_IsLeftOut()
    {
        static Dictionary<string, string> Row(string name, string value, string unit) => new() { ["name"] = name, ["value"] = value, ["unit"] = unit };
        var model = Form<SetReportFigures>(new(typeof(SetReportFigures), Rows: [Row("Juntos", "29", "meses"), Row("Visitas", "1200", "")], AreRowsProposed: true));
        model.Rows[0]["name"] = "";

        Assert.Equal([new ReportFigure("Visitas", 1_200, "")], Assert.IsType<SetReportFigures>(model.Read(_zone, out _)).Figures);
    }

    // Whoever has seen an entry says which state of it: it is no field, and who is owed is not corrected.
    [Fact]
    public void Read_Correction_HasTheVersionThatWasSeen()
    {
        var model = Form<CorrectObligation>(CaseFlow.Correct(new Obligation("o1", ObligationSide.Ours, ObligationKind.Deliverable, "Fotos"), 2));
        Assert.DoesNotContain(model.Fields, f => f.Path is "version" or "obligation.side");
        model.Values["why"] = "Errata";

        var command = Assert.IsType<CorrectObligation>(model.Read(_zone, out _));
        Assert.Equal((2L, ObligationSide.Ours, "Fotos"), (command.Version, command.Obligation.Side, command.Obligation.Text));
    }

    private static StepModel Form<T>(StepOffer? offer = null) => new(offer ?? new StepOffer(typeof(T)), CaseWords.In(MessageLanguage.Spanish));
}
