using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Plugin.Coaching;
using DeEscalationBot.Plugin.Playbook;
using DeEscalationBot.Plugin.Scoring.MlNet;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Plugin;

/// <summary>Checks the settings, and tells which one is wrong and what it may be.</summary>
internal sealed class DeEscalationOptionsValidation :
    IValidateOptions<PlaybookOptions>, IValidateOptions<ModelOptions>, IValidateOptions<CoachingOptions>, IValidateOptions<TrainingOptions>, IValidateOptions<EscalationSettings>
{
    public ValidateOptionsResult Validate(string? name, PlaybookOptions options) => Result(
        (string.IsNullOrWhiteSpace(options.Directory), "Playbook:Directory is empty. Set it to the folder that holds 'es' and 'en', or leave it out."));

    public ValidateOptionsResult Validate(string? name, ModelOptions options) => Result(
        (string.IsNullOrWhiteSpace(options.Path), "Model:Path is empty. Set it to the model's .zip, or leave it out for the model that ships with the product."),
        (string.IsNullOrWhiteSpace(options.DraftsPath), "Model:DraftsPath is empty. Set it to the .zip of the model for drafts, or leave it out for the one that ships with the product."));

    public ValidateOptionsResult Validate(string? name, CoachingOptions options) => Result(
        (!Enum.IsDefined(options.Address), $"Coaching:Address is '{options.Address}'. It may be Usted, Tu or Vos."),
        (options.SuggestAtMostEvery is < 1 or > TechniqueCoach.MostTurnsApart, $"Coaching:SuggestAtMostEvery is {options.SuggestAtMostEvery}. It may be 1 (at every message that calls for it) to {TechniqueCoach.MostTurnsApart}."));

    public ValidateOptionsResult Validate(string? name, EscalationSettings options) =>
        EscalationSettingsCheck.Check(options, DeEscalationServices.EscalationSection) is { Count: > 0 } failures ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;

    public ValidateOptionsResult Validate(string? name, TrainingOptions options) => Result(
        (string.IsNullOrWhiteSpace(options.Directory), "Training:Directory is empty. Set it to the folder that holds 'es' and 'en', or leave it out."));

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
