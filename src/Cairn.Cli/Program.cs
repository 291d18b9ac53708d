using Cairn.Cli;
using Cairn.Knowledge;

if (args is [ParserWorker.Command])
    return await ParserWorker.RunAsync(Console.OpenStandardInput(), Console.OpenStandardOutput(), CancellationToken.None);
return await CommandLine.RunAsync(args, Console.Out, Console.Error);
