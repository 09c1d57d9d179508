using System.CommandLine;
using DeEscalationBot.Training;
using DeEscalationBot.Training.Peers;

var root = new RootCommand("Fits and evaluates the models of customers' messages and of drafts.");
root.Subcommands.Add(FitCommand.Create());
root.Subcommands.Add(FitDraftsCommand.Create());
root.Subcommands.Add(TrainCommand.Create());
root.Subcommands.Add(EvaluateCommand.Create());
root.Subcommands.Add(TransferCommand.Create());
root.Subcommands.Add(PeersCommand.Create());
return root.Parse(args).Invoke();
