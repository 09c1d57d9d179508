using System.CommandLine;
using DeEscalationBot.Training;
using DeEscalationBot.Training.Peers;

var root = new RootCommand("Fits and evaluates the frustration model.");
root.Subcommands.Add(FitCommand.Create());
root.Subcommands.Add(TrainCommand.Create());
root.Subcommands.Add(EvaluateCommand.Create());
root.Subcommands.Add(TransferCommand.Create());
root.Subcommands.Add(PeersCommand.Create());
return root.Parse(args).Invoke();
