using DeEscalationBot.Host.Batch;
using DeEscalationBot.Host.Hosting;

return BatchVerbs.IsVerb(args) ? await BatchVerbs.RunAsync(args) : await CoachHost.RunAsync(args);
