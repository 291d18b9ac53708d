using Cairn.Apps;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Cairn.Cli.Commands;

namespace Cairn.Cli;

/// <summary>
/// The <c>cairn</c> command: every subcommand, and what holds for all of them (help with an example, exit codes, errors).
/// </summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var root = Build();
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
        {
            // "A command is missing" beside "frob is unknown" is one mistake told twice.
            if (parsed.CommandResult.Command is { Subcommands.Count: > 0 } above && parsed.UnmatchedTokens is [var unknown, ..]
                && !unknown.StartsWith('-'))
            {
                error.WriteLine($"There is no command {CommandPath(above)} {unknown}.");
                if (Nearest.To(unknown, above.Subcommands.Select(c => c.Name)) is { } near)
                    error.WriteLine($"  Did you mean: {CommandPath(above)} {near}");
                error.WriteLine($"See: {CommandPath(above)} --help");
                return ExitCodes.Usage;
            }
            foreach (var mistake in parsed.Errors)
                error.WriteLine(mistake.Message.Replace("as expected type 'System.Int32'", "as a whole number", StringComparison.Ordinal));
            error.WriteLine($"See: {CommandPath(parsed.CommandResult.Command)} --help");
            return ExitCodes.Usage;
        }
        // Asking for the help of a command that is not there gets no other command's help for an answer.
        if (parsed.Action is HelpWithExample && parsed.UnmatchedTokens.Count > 0
            && parsed.CommandResult.Command is { Subcommands.Count: > 0 } command)
        {
            error.WriteLine($"There is no command {CommandPath(command)} {parsed.UnmatchedTokens[0]}.");
            error.WriteLine($"See: {CommandPath(command)} --help");
            return ExitCodes.Usage;
        }
        // The default handler prints stack traces; errors that reach this far are bugs, and Invocation reports everything else.
        // A signal only asks the command to end; its own result stays the exit code, however long ending takes.
        using var stop = new CancellationTokenSource();
        void Stop(System.Runtime.InteropServices.PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
        using var interrupted =
            System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGINT, Stop);
        using var terminated =
            System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, Stop);
        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = output,
            Error = error,
        }, stop.Token);
    }

    internal static RootCommand Build()
    {
        var root = new RootCommand("Cairn: build AI products that survive production, from one process.")
        {
            UpCommand.Create(),
            InitCommand.Create(),
            IngestCommand.Create(),
            SearchCommand.Create(),
            AskCommand.Create(),
            TraceCommand.Create(),
            DoctorCommand.Create(),
            UserCommand.Create(),
            GroupCommand.Create(),
            KeyCommand.Create(),
            ModelsCommand.Create(),
            CostCommand.Create(),
            TrainCommand.Create(),
            ExperimentsCommand.Create(),
            RegistryCommand.Create(),
            PredictCommand.Create(),
            CompletionCommand.Create(),
        };
        root.Add(GlobalOptions.Workspace);
        root.Add(GlobalOptions.Json);
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            if (help.Action is HelpAction action)
                help.Action = new HelpWithExample(action);
        }
        return root;
    }

    /// <summary>The words that lead to a command: <c>cairn user add</c>.</summary>
    internal static string CommandPath(Command command)
    {
        var words = new Stack<string>();
        for (Symbol? symbol = command; symbol is Command and not RootCommand; symbol = symbol.Parents.FirstOrDefault())
            words.Push(symbol.Name);
        words.Push("cairn");
        return string.Join(' ', words);
    }

    private sealed class HelpWithExample(HelpAction help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            if (parseResult.CommandResult.Command is CairnCommand { Example: var example })
                parseResult.InvocationConfiguration.Output.WriteLine(
                    $"Example:{Environment.NewLine}  {example.ReplaceLineEndings(Environment.NewLine + "  ")}{Environment.NewLine}");
            else
                parseResult.InvocationConfiguration.Output.WriteLine(
                    $"Example:{Environment.NewLine}  cairn up{Environment.NewLine}  cairn ask \"Which tug carries the harbour boom?\"{Environment.NewLine}");
            return code;
        }
    }
}
