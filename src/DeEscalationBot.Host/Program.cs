using DeEscalationBot.Host.Access.Keys;
using DeEscalationBot.Host.Batch;
using DeEscalationBot.Host.Channels.BotFramework.TeamsApp;
using DeEscalationBot.Host.Conversations.Storage.Archive;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using DeEscalationBot.Host.Delivery.SelfTest;
using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Host.Hosting.Doctor;
using DeEscalationBot.Host.Privacy;
using DeEscalationBot.Host.Privacy.Audit;

return SelfTestVerb.IsCalled(args) ? await SelfTestVerb.RunAsync(args, Console.Out, Console.Error)
    : DoctorVerb.IsCalled(args) ? await DoctorVerb.RunAsync(args, Console.Out)
    : ArchiveVerbs.IsVerb(args) ? await ArchiveVerbs.RunAsync(args, Console.Out, Console.Error)
    : KeysVerb.IsCalled(args) ? await KeysVerb.RunAsync(args, Console.Out, Console.Error)
    : ProtectionKeysVerb.IsCalled(args) ? await ProtectionKeysVerb.RunAsync(args, Console.Out, Console.Error)
    : AuditVerb.IsCalled(args) ? await AuditVerb.RunAsync(args, Console.Out, Console.Error)
    : PrivacyVerbs.IsCalled(args) ? await PrivacyVerbs.RunAsync(args, Console.Out, Console.Error)
    : TeamsPackageVerb.IsCalled(args) ? await TeamsPackageVerb.RunAsync(args, Console.Out, Console.Error)
    : BatchVerbs.IsVerb(args) ? await BatchVerbs.RunAsync(args)
    : await CoachHost.RunAsync(args);
