using Cairn.Bench;
using Cairn.Knowledge;

// As the command does, so that the ingest suite's parsers are processes of their own.
if (args is [ParserWorker.Command])
    return await ParserWorker.RunAsync(Console.OpenStandardInput(), Console.OpenStandardOutput(), CancellationToken.None);
return await BenchCommand.RunAsync(args);
