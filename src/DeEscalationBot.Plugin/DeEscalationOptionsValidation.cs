using System.Globalization;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Plugin.Coaching;
using DeEscalationBot.Plugin.Playbook;
using DeEscalationBot.Plugin.Scoring.MlNet;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Plugin;

/// <summary>Checks the settings, and tells which one is wrong and what it may be.</summary>
internal sealed class DeEscalationOptionsValidation :
    IValidateOptions<PlaybookOptions>, IValidateOptions<ModelOptions>, IValidateOptions<CoachingOptions>, IValidateOptions<EscalationSettings>
{
    private const int Steps = 7;

    public ValidateOptionsResult Validate(string? name, PlaybookOptions options) => Result(
        (string.IsNullOrWhiteSpace(options.Directory), "Playbook:Directory is empty. Set it to the folder that holds 'es' and 'en', or leave it out."));

    public ValidateOptionsResult Validate(string? name, ModelOptions options) => Result(
        (string.IsNullOrWhiteSpace(options.Path), "Model:Path is empty. Set it to the model's .zip, or leave it out for the model that ships with the product."));

    public ValidateOptionsResult Validate(string? name, CoachingOptions options) => Result(
        (!Enum.IsDefined(options.Address), $"Coaching:Address is '{options.Address}'. It may be Usted, Tu or Vos."));

    public ValidateOptionsResult Validate(string? name, EscalationSettings options) => Result(
        (!(options.SignalConfidence is > 0.3 and <= 1), Wrong("SignalConfidence", options.SignalConfidence, "above 0.3 and at most 1")),
        (!(options.WeakSignalConfidence > 0 && options.WeakSignalConfidence < options.SignalConfidence), Wrong("WeakSignalConfidence", options.WeakSignalConfidence, "above 0 and below SignalConfidence")),
        (!(options.StubbornTension is >= 0 and <= 1), Wrong("StubbornTension", options.StubbornTension, "between 0 and 1")),
        (options.StubbornAfterSteps is < 1 or > Steps, Wrong("StubbornAfterSteps", options.StubbornAfterSteps, "between 1 and 7")),
        (options.WaitingAdviseAfter <= TimeSpan.Zero, Wrong("WaitingAdviseAfter", options.WaitingAdviseAfter, "more than zero")),
        (options.WaitingSupervisorAfter <= options.WaitingAdviseAfter, Wrong("WaitingSupervisorAfter", options.WaitingSupervisorAfter, "more than WaitingAdviseAfter")));

    private static string Wrong(string setting, IFormattable value, string allowed) =>
        $"{DeEscalationServices.EscalationSection}:{setting} is {value.ToString(null, CultureInfo.InvariantCulture)}. It must be {allowed}.";

    private static ValidateOptionsResult Result(params ReadOnlySpan<(bool IsWrong, string Message)> checks)
    {
        var failures = new List<string>();
        foreach (var (isWrong, message) in checks)
        {
            if (isWrong)
            {
                failures.Add(message);
            }
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
