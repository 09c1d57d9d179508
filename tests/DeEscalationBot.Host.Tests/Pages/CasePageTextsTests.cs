using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Cases;
using DeEscalationBot.Host.Cases.Texts;
using DeEscalationBot.Host.Pages.Cases;
using DeEscalationBot.Host.Pages.Texts;

namespace DeEscalationBot.Host.Tests.Pages;

public class CasePageTextsTests() : ResourceTexts<CasePageTexts>(
    "OneCase", "Cases", "Comment", "Customers", "Customer", "Facts", "Guide", "Form", "Import", "Begin", "Proposals", "Churn", "Seat", "StageHelp", "Field", "Farewell", "Files", "Kinds")
{
    [Fact]
    public void EveryStage_HasItsHelp()
    {
        Assert.All(Enum.GetNames<DismissalStage>().Where(n => n != nameof(DismissalStage.New)), n => Assert.Contains("StageHelp.Dismissal." + n, English.Keys));
        Assert.All(Enum.GetNames<DepartureStage>().Where(n => n != nameof(DepartureStage.New)), n => Assert.Contains("StageHelp.Departure." + n, English.Keys));
    }

    // A form asks for what the command takes, so that every field of every step needs a name.
    [Fact]
    public void EveryFieldOfEveryStep_HasALabel()
    {
        var types = CaseSteps.Dismissal.Types.Concat(CaseSteps.Departure.Types).Concat(CaseSteps.Customer.Types).Select(t => t.Value).ToArray();
        var names = types.SelectMany(t => FieldsOf(new StepModel(new StepOffer(t), CaseWords.In(MessageLanguage.English)))).Distinct().ToArray();

        Assert.True(names.Length > 50);
        Assert.All(names.Except(["hash", "round", "id", "version", "planVersion", "entryId"]), n => Assert.Contains("Field.Of." + n, English.Keys));
        Assert.Contains(typeof(RecordContact), types);
    }

    private static IEnumerable<string> FieldsOf(StepModel model) => model.Fields.Select(f => f.Name).Concat(model.List?.Fields.Select(f => f.Name) ?? []);
}
