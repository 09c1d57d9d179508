using DeEscalationBot.Core.Coaching.Training;
using DeEscalationBot.Host.Pages.Texts;

namespace DeEscalationBot.Host.Tests.Pages;

public class TrainingTextsTests() : ResourceTexts<TrainingTexts>("Room", "Checklist", "Letters", "Note")
{
    [Fact]
    public void EveryEndingAndGoal_HasAText()
    {
        Assert.All(Enum.GetNames<TrainingEnding>().Where(n => n != nameof(TrainingEnding.None)), n => Assert.Contains("Room.Ending." + n, English.Keys));
        Assert.All(Enum.GetNames<TrainingGoal>(), n => Assert.Contains("Room.Goal." + n, English.Keys));
    }
}
