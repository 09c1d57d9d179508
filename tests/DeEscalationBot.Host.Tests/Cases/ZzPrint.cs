using DeEscalationBot.Host.Cases.Storage;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Cases;

public class ZzPrint
{
    [Fact]
    public void Print() => File.WriteAllLines("/tmp/cases-first.txt", SampleCases.Customer.Cast<Core.Cases.CaseEvent>().Concat(SampleCases.Dismissal).Concat(SampleCases.Departure)
        .Select(e => CaseFormat.Write(CaseKind.Customer, "x", "c", 1, e)).DistinctBy(r => r.Type).Select(r => $"        {{ \"{r.Type}\", \"\"\"{r.Payload}\"\"\" }},"));
}
