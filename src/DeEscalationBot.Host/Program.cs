using DeEscalationBot.Host.Hosting;

return await Verbs.RunAsync(args, Console.Out, Console.Error);
