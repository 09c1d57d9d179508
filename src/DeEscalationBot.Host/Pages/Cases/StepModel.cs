using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Cases;
using DeEscalationBot.Host.Cases.Texts;

namespace DeEscalationBot.Host.Pages.Cases;

/// <summary>How a field is filled in.</summary>
public enum StepFieldKind
{
    /// <summary>One line of text.</summary>
    Line,

    /// <summary>Several lines of text.</summary>
    Text,

    /// <summary>A day.</summary>
    Day,

    /// <summary>A day and a time, by the reader's clock.</summary>
    Instant,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A time, in days.</summary>
    Days,

    /// <summary>A time, in minutes.</summary>
    Minutes,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>One of several.</summary>
    Choice,
}

/// <summary>One field of a form.</summary>
/// <param name="Path">Where its value goes, such as <c>evidence.occurredAt</c>.</param>
/// <param name="Kind">How it is filled in.</param>
/// <param name="IsOptional">Whether it may stay empty.</param>
/// <param name="Choices">For a choice: the values with their words.</param>
public sealed record StepField(string Path, StepFieldKind Kind, bool IsOptional, IReadOnlyList<KeyValuePair<string, string>> Choices)
{
    /// <summary>The last part of the path: what the label is found by.</summary>
    public string Name => Path[(Path.LastIndexOf('.') + 1)..];
}

/// <summary>A list of things within a form, such as the options of an answer.</summary>
/// <param name="Path">Where its values go.</param>
/// <param name="Fields">The fields of each.</param>
public sealed record StepList(string Path, IReadOnlyList<StepField> Fields);

/// <summary>A step that a page offers.</summary>
/// <param name="Command">The command's type.</param>
/// <param name="Fixed">Values that are given and not asked for, by path.</param>
/// <param name="Choices">What can be chosen for a text field, by path.</param>
/// <param name="Defaults">What stands in a field at first, by path; of a list the rows.</param>
/// <param name="Rows">For a list: its rows with what is given in them; one empty row when left out.</param>
/// <param name="AreRowsProposed">Whether the rows are a proposal: changed, left out and added to at will.</param>
public sealed record StepOffer(
    Type Command,
    IReadOnlyDictionary<string, string>? Fixed = null,
    IReadOnlyDictionary<string, IReadOnlyList<KeyValuePair<string, string>>>? Choices = null,
    IReadOnlyDictionary<string, string>? Defaults = null,
    IReadOnlyList<IReadOnlyDictionary<string, string>>? Rows = null,
    bool AreRowsProposed = false)
{
    /// <summary>Whether rows can be added.</summary>
    public bool CanAddRows => Rows is null || AreRowsProposed;

    /// <summary>What makes two offers of a command the same form.</summary>
    public string Signature => string.Join('|', (Fixed ?? new Dictionary<string, string>()).Where(p => !p.Key.EndsWith("id", StringComparison.OrdinalIgnoreCase) && !StepModel.IsVersion(p.Key)).Select(p => $"{p.Key}={p.Value}")
        .Concat((Choices ?? new Dictionary<string, IReadOnlyList<KeyValuePair<string, string>>>()).SelectMany(c => c.Value.Select(v => $"{c.Key}:{v.Key}")))
        .Concat((Rows ?? []).SelectMany(r => r.Values)));

    /// <summary>The name of the command.</summary>
    public string Name => JsonNamingPolicy.CamelCase.ConvertName(Command.Name);
}

/// <summary>The form of a step: the fields are those of the command, as the API takes them, and are read in the same way.</summary>
/// <remarks>For one page.</remarks>
public sealed class StepModel
{
    // What the product fills in by itself.
    private static readonly string[] Ours = ["Signals", "DoneAt", "ClosedAt", "ClosedBy", "ClosedNote", "FromFile"];

    private static readonly string[] LongTexts =
        ["Why", "Notes", "Text", "Answer", "WhatWasTried", "Grounds", "CustomersWords", "Findings", "Note", "How", "WhatIsUntrue", "WhyInWriting", "Words"];

    private readonly CaseWords _words;
    private readonly List<StepField> _fields = [];
    private StepOffer _offer;

    /// <summary>Lays out a form.</summary>
    /// <param name="offer">The step.</param>
    /// <param name="words">The names of choices.</param>
    public StepModel(StepOffer offer, CaseWords words)
    {
        ArgumentNullException.ThrowIfNull(offer);
        (_offer, _words) = (offer, words);
        foreach (var parameter in ParametersOf(offer.Command))
        {
            Add(parameter, "", isOptional: false);
        }

        foreach (var field in _fields)
        {
            Values[field.Path] = offer.Defaults?.GetValueOrDefault(field.Path) ?? (field is { Kind: StepFieldKind.Choice, IsOptional: false, Choices: [var first] } ? first.Key : "");
        }

        if (List is not null)
        {
            Rows.AddRange((offer.Rows ?? [new Dictionary<string, string>()]).Select(r => new Dictionary<string, string>(r, StringComparer.Ordinal)));
        }
    }

    /// <summary>The fields, in order.</summary>
    public IReadOnlyList<StepField> Fields => _fields;

    /// <summary>The list, where the step has one.</summary>
    public StepList? List { get; private set; }

    /// <summary>What was filled in, by path.</summary>
    public Dictionary<string, string> Values { get; } = new(StringComparer.Ordinal);

    /// <summary>The rows of the list, each by the name of its field.</summary>
    public List<Dictionary<string, string>> Rows { get; } = [];

    /// <summary>Whether a value that is given says what somebody has seen: it changes under a form without making it another.</summary>
    /// <param name="path">Where it goes.</param>
    internal static bool IsVersion(string path) => path is "version" or "planVersion";

    /// <summary>Takes over what is given now, and keeps what was filled in.</summary>
    /// <param name="offer">The same step.</param>
    public void Renew(StepOffer offer) => _offer = offer;

    /// <summary>Reads what was filled in.</summary>
    /// <param name="zone">The reader's clock.</param>
    /// <param name="unfilled">The first field that cannot be used, when the answer is nothing.</param>
    public object? Read(PageZone zone, out string? unfilled)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var json = new JsonObject();
        unfilled = null;
        foreach (var field in _fields)
        {
            if (!Put(json, field, Values.GetValueOrDefault(field.Path, ""), zone))
            {
                unfilled = field.Name;
                return null;
            }
        }

        foreach (var (path, value) in _offer.Fixed ?? new Dictionary<string, string>())
        {
            Place(json, path, int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && (path is "round" || IsVersion(path)) ? number : value);
        }

        if (List is { } list)
        {
            var rows = new JsonArray();
            foreach (var row in Rows.Where(IsMeant))
            {
                var item = new JsonObject();
                foreach (var field in list.Fields)
                {
                    if (!Put(item, field with { Path = field.Name }, row.GetValueOrDefault(field.Name, ""), zone))
                    {
                        unfilled = field.Name;
                        return null;
                    }
                }

                foreach (var (name, value) in row.Where(p => !item.ContainsKey(p.Key)))
                {
                    item[name] = value;
                }

                rows.Add(item);
            }

            Place(json, list.Path, rows);
        }

        DropEmptyAmounts(json);
        try
        {
            return json.Deserialize(_offer.Command, CaseSteps.Options);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // What a record refuses by itself, beside what JSON does, is the form of a currency.
            unfilled = e is JsonException { Path: { Length: > 2 } path } ? path[(path.LastIndexOf('.') + 1)..] : _fields.Find(f => f.Name == "currency")?.Name ?? _fields[0].Name;
            return null;
        }
    }

    // A row in which nobody wrote is none. A proposed one has a unit beside its name, and is left out by its name alone.
    private bool IsMeant(Dictionary<string, string> row)
    {
        var texts = List!.Fields.Where(f => f.Kind is StepFieldKind.Text or StepFieldKind.Line);
        return !_offer.CanAddRows || (_offer.AreRowsProposed ? texts.Take(1) : texts).Any(f => row.GetValueOrDefault(f.Name, "").Trim().Length > 0);
    }

    private static ParameterInfo[] ParametersOf(Type type) => type.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters();

    private static bool Put(JsonObject json, StepField field, string value, PageZone zone)
    {
        var text = value.Trim();
        switch (field.Kind)
        {
            case StepFieldKind.Flag:
                Place(json, field.Path, text == "true");
                return true;
            case StepFieldKind.Line or StepFieldKind.Text:
                // An empty one is refused by the rules, which say what is missing.
                Place(json, field.Path, text.Length == 0 && field.IsOptional ? null : text);
                return true;
            case var _ when text.Length == 0:
                Place(json, field.Path, null);
                return field.IsOptional;
            case StepFieldKind.Instant:
                var isTime = DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall);
                Place(json, field.Path, isTime ? zone.Instant(wall).ToUniversalTime() : null);
                return isTime;
            case StepFieldKind.Number:
                // People count messages from 1, as the record of a case shows them.
                Place(json, field.Path, NumberOf(text) is { } number ? number - (field.Name == "turnIndex" ? 1 : 0) : null);
                return NumberOf(text) is not null;
            case StepFieldKind.Days or StepFieldKind.Minutes:
                Place(json, field.Path, NumberOf(text) is { } span and >= 0 and < 100_000
                    ? (field.Kind == StepFieldKind.Days ? TimeSpan.FromDays((double)span) : TimeSpan.FromMinutes((double)span)).ToString("c", CultureInfo.InvariantCulture)
                    : null);
                return NumberOf(text) is >= 0 and < 100_000;
            default:
                Place(json, field.Path, text);
                return true;
        }
    }

    // A currency alone is no amount.
    private static void DropEmptyAmounts(JsonObject json)
    {
        foreach (var (name, inner) in json.Select(p => (p.Key, p.Value as JsonObject)).Where(p => p.Item2 is not null).ToArray())
        {
            if (inner!.ContainsKey("currency") && inner["amount"] is null)
            {
                json[name] = null;
            }
            else
            {
                DropEmptyAmounts(inner);
            }
        }
    }

    // As people of the region write it, or with a point. What could be thousands as well as a fraction ("1.234" where the comma is the decimal sign) is
    // no number: an amount is asked for again rather than read a thousand times too small or too large.
    private static decimal? NumberOf(string text)
    {
        const NumberStyles style = NumberStyles.Number & ~NumberStyles.AllowThousands;
        var format = CultureInfo.CurrentCulture.NumberFormat;
        if (text.Split(format.NumberDecimalSeparator) is [var whole, _]
            && whole.Split(format.NumberGroupSeparator) is [{ Length: > 0 and <= 3 }, .. { Length: > 0 } groups] && groups.All(g => g.Length == 3))
        {
            text = text.Replace(format.NumberGroupSeparator, "", StringComparison.Ordinal);
        }

        return decimal.TryParse(text, style, format, out var local) ? local
            : text.Length - text.LastIndexOf('.') != 4 && decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var plain) ? plain
            : null;
    }

    private static void Place(JsonObject json, string path, JsonNode? value)
    {
        var parts = path.Split('.');
        foreach (var part in parts[..^1])
        {
            json = (JsonObject)(json[part] ??= new JsonObject());
        }

        if (value is not null || !json.ContainsKey(parts[^1]))
        {
            json[parts[^1]] = value;
        }
    }

    private void Add(ParameterInfo parameter, string prefix, bool isOptional)
    {
        var path = prefix + JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
        if (Ours.Contains(parameter.Name) || IsAboutLater(parameter) || _offer.Fixed?.ContainsKey(path) == true)
        {
            return;
        }

        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        isOptional |= parameter.HasDefaultValue || Nullable.GetUnderlyingType(parameter.ParameterType) is not null || new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
        if (type.IsGenericType)
        {
            List = new StepList(path, [.. FieldsOf(type.GetGenericArguments()[0])]);
        }
        else if (KindOf(type, parameter.Name!, path) is { } kind)
        {
            _fields.Add(new StepField(path, kind, isOptional, kind == StepFieldKind.Choice ? ChoicesOf(type, path) : []));
        }
        else
        {
            foreach (var inner in ParametersOf(type))
            {
                Add(inner, path + ".", isOptional);
            }
        }
    }

    // How something is handed over is said when it is.
    private static bool IsAboutLater(ParameterInfo parameter) => parameter.Member.DeclaringType == typeof(HandoverItem) && parameter.Name == nameof(HandoverItem.How);

    private IEnumerable<StepField> FieldsOf(Type item) => ParametersOf(item)
        .Where(p => !Ours.Contains(p.Name) && _offer.Rows?.All(r => r.ContainsKey(JsonNamingPolicy.CamelCase.ConvertName(p.Name!)) && p.Name == "Motive") != true)
        .Select(p =>
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(p.Name!);
            var kind = KindOf(p.ParameterType, p.Name!, name) ?? StepFieldKind.Line;
            return new StepField(name, kind, p.HasDefaultValue, kind == StepFieldKind.Choice ? ChoicesOf(p.ParameterType, name) : []);
        });

    private StepFieldKind? KindOf(Type type, string name, string path) => type switch
    {
        _ when _offer.Choices?.ContainsKey(path) == true => StepFieldKind.Choice,
        _ when type == typeof(string) => LongTexts.Contains(name) ? StepFieldKind.Text : StepFieldKind.Line,
        _ when type == typeof(bool) => StepFieldKind.Flag,
        _ when type == typeof(int) || type == typeof(long) || type == typeof(decimal) => StepFieldKind.Number,
        _ when type == typeof(DateOnly) => StepFieldKind.Day,
        _ when type == typeof(DateTimeOffset) => StepFieldKind.Instant,
        _ when type == typeof(TimeSpan) => name == "Duration" ? StepFieldKind.Minutes : StepFieldKind.Days,
        { IsEnum: true } => StepFieldKind.Choice,
        _ => null,
    };

    private IReadOnlyList<KeyValuePair<string, string>> ChoicesOf(Type type, string path) => _offer.Choices?.GetValueOrDefault(path) ?? type switch
    {
        _ when type == typeof(MessageLanguage) => [new("es", "Español"), new("en", "English")],
        _ when type == typeof(DismissalStage) => Of<DismissalStage>(),
        _ when type == typeof(CustomerAssessment) => Of<CustomerAssessment>(),
        _ when type == typeof(FarewellChannel) => Of<FarewellChannel>(),
        _ when type == typeof(EvidenceNature) => Of<EvidenceNature>(),
        _ when type == typeof(OptionResult) => Of<OptionResult>(),
        _ when type == typeof(CaseRole) => Of<CaseRole>(),
        _ when type == typeof(RelationAnswer) => Of<RelationAnswer>(),
        _ when type == typeof(ExitTalk) => Of<ExitTalk>(),
        _ when type == typeof(DepartureMotive) => Of<DepartureMotive>(),
        _ when type == typeof(MotiveResponsibility) => Of<MotiveResponsibility>(),
        _ when type == typeof(Renegotiation) => Of<Renegotiation>(),
        _ when type == typeof(HandoverKind) => Of<HandoverKind>(),
        _ when type == typeof(CustomerFit) => Of<CustomerFit>(),
        _ when type == typeof(ObligationSide) => Of<ObligationSide>(),
        _ when type == typeof(ObligationKind) => Of<ObligationKind>(),
        _ when type == typeof(CustomerEnding) => Of<CustomerEnding>(),
        _ when type == typeof(RecordEntryKind) => Of<RecordEntryKind>(),
        _ => throw new InvalidOperationException($"The choices of {type.Name} have no words here."),
    };

    private KeyValuePair<string, string>[] Of<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(v => KeyValuePair.Create(JsonNamingPolicy.CamelCase.ConvertName(v.ToString()), _words.Name(v)))];
}
