using System.Text.Json;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Contract;

namespace DeEscalationBot.Host.Cases;

/// <summary>The steps of one kind by name, as the API takes them: the fields of a step are those of its command.</summary>
/// <typeparam name="TCommand">What the steps are.</typeparam>
public sealed class CaseSteps<TCommand>
    where TCommand : class
{
    private readonly Dictionary<string, Type> _types;
    private readonly Dictionary<string, TCommand> _plain;

    internal CaseSteps(IEnumerable<Type> types, IEnumerable<TCommand> plain)
    {
        _types = types.ToDictionary(t => NameOf(t.Name), StringComparer.Ordinal);
        _plain = plain.ToDictionary(c => NameOf(c.GetType().Name), StringComparer.Ordinal);
    }

    /// <summary>All names.</summary>
    public IEnumerable<string> Names => _types.Keys.Concat(_plain.Keys).Order(StringComparer.Ordinal);

    /// <summary>The commands that have fields, for the API's description.</summary>
    public IReadOnlyDictionary<string, Type> Types => _types;

    /// <summary>Reads a step.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="json">Its fields.</param>
    /// <param name="problem">What is wrong, when the answer is nothing.</param>
    public TCommand? Read(string name, string json, out string? problem)
    {
        problem = null;
        if (_plain.TryGetValue(name, out var plain))
        {
            return plain;
        }

        if (!_types.TryGetValue(name, out var type))
        {
            problem = $"There is no step '{name}'. The steps are: {string.Join(", ", Names)}.";
            return null;
        }

        try
        {
            if (JsonSerializer.Deserialize(JsonBody.Mend(json), type, CaseSteps.Options) is TCommand command)
            {
                return command;
            }
        }
        catch (Exception e) when (e is JsonException or ArgumentException or NotSupportedException or InvalidOperationException)
        {
            // The reader names types; what helps is the field, and what it takes.
            problem = e is JsonException { Path: { Length: > 2 } path } ? $"The field '{path[2..]}' cannot be used. " : "";
        }

        problem += $"The step '{name}' takes a JSON object with these fields: {CaseSteps.Describe(type)}.";
        return null;
    }

    private static string NameOf(string type) => JsonNamingPolicy.CamelCase.ConvertName(type);
}

/// <summary>The steps that there are.</summary>
public static class CaseSteps
{
    /// <summary>How steps are read: as the contract writes, and nothing may be missing that has no default.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>What is done to a customer's record. Adding and erasing have addresses of their own.</summary>
    public static CaseSteps<CustomerCommand> Customer { get; } = new(
        [
            typeof(AgreeContract), typeof(AddObligation), typeof(CloseObligation), typeof(RecordRevenue), typeof(RecordContact), typeof(RecordGoodwill), typeof(CorrectObligation), typeof(CorrectRevenue), typeof(CorrectContact),
            typeof(CorrectGoodwill), typeof(StrikeEntry), typeof(MoveCustomer), typeof(MarkLeft), typeof(MarkReturned),
        ],
        []);

    /// <summary>What is done in a dismissal. Opening and commenting have addresses of their own.</summary>
    public static CaseSteps<DismissalCommand> Dismissal { get; } = new(
        [
            typeof(AssessCustomer), typeof(OfferMeeting), typeof(HearConcerns), typeof(ChooseReason), typeof(DropReason), typeof(AddEvidence), typeof(RecordWarning), typeof(AskForComment),
            typeof(TellComplaint), typeof(AnswerOptions), typeof(ReckonMoney), typeof(NoteLegalAdvice), typeof(AgreeToDismissal), typeof(SendBack), typeof(PlanTelling), typeof(WriteMessage),
            typeof(ApproveMessage), typeof(TellCustomer), typeof(AcceptObligation), typeof(LodgeAppeal), typeof(DecideAppeal), typeof(KeepCustomer), typeof(UndoDismissal), typeof(ReviewDismissal),
        ],
        [new CompileDossier(new Dossier([], [], [], [], [])), new MoveOn(), new CloseDismissal()]);

    /// <summary>What is done in a departure. Opening has an address of its own.</summary>
    public static CaseSteps<DepartureCommand> Departure { get; } = new(
        [
            typeof(EvaluateRelation), typeof(HoldExitTalk), typeof(AgreeEnd), typeof(FillMatrix), typeof(ListHandover), typeof(DropHandover), typeof(CompleteHandover), typeof(SetReportFigures),
            typeof(RecordTestimonial), typeof(OfferSurvey), typeof(RecordSurvey), typeof(AcceptCommitment), typeof(RevokeAccess), typeof(StayAfterAll), typeof(PlanImprovement),
            typeof(CompleteImprovement), typeof(JudgeFit),
        ],
        [new AskTestimonial(), new MoveDepartureOn(), new VerifyKeys(), new ChangeKeys(), new CloseDeparture()]);

    /// <summary>The fields of a record, in words.</summary>
    /// <param name="type">The record.</param>
    internal static string Describe(Type type) => string.Join(", ", type.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters()
        .Select(p => $"{JsonNamingPolicy.CamelCase.ConvertName(p.Name!)}{(p.HasDefaultValue ? "?" : "")} ({KindOf(p.ParameterType)})"));

    private static string KindOf(Type given)
    {
        var type = Nullable.GetUnderlyingType(given) ?? given;
        return type switch
        {
            _ when type == typeof(string) => "text",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(int) || type == typeof(long) || type == typeof(decimal) => "number",
            _ when type == typeof(DateOnly) => "day such as 2026-03-31",
            _ when type == typeof(DateTimeOffset) => "instant such as 2026-03-31T10:00:00Z",
            _ when type == typeof(TimeSpan) => "time such as 00:45:00, with days 30.00:00:00",
            _ when type == typeof(Core.Channels.MessageLanguage) => "es or en",
            { IsEnum: true } => string.Join(" | ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)),
            { IsGenericType: true } => $"list of {KindOf(type.GetGenericArguments()[0])}",
            _ => $"object: {Describe(type)}",
        };
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };
        ContractJson.Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
