using Cairn.Bench;

return await BenchCommand.RunAsync(args);
