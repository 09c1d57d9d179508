using DeEscalationBot.Host.Batch;

return BatchVerbs.IsVerb(args) ? await BatchVerbs.RunAsync(args) : 0;
