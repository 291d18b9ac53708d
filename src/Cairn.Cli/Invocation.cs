using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cairn.Apps;

namespace Cairn.Cli;

/// <summary>
/// One run of a command: what was parsed and where to print. Results go to standard output, everything else to standard error.
/// </summary>
internal sealed class Invocation(ParseResult parsed)
{
    public ParseResult Parsed { get; } = parsed;

    public bool Json { get; } = parsed.GetValue(GlobalOptions.Json);

    public TextWriter Output { get; } = parsed.InvocationConfiguration.Output;

    public TextWriter Error { get; } = new HintWriter(parsed.InvocationConfiguration.Error);

    /// <summary>True when a person watches standard error.</summary>
    public static bool ErrorIsTerminal => !Console.IsErrorRedirected;

    public static bool OutputIsTerminal => !Console.IsOutputRedirected;

    public Workspace FindWorkspace() => Workspace.Find(Parsed.GetValue(GlobalOptions.Workspace), Environment.CurrentDirectory);

    /// <summary>The server of the workspace: the one that runs, or one hosted here for this command.</summary>
    public Task<WorkspaceConnection> ConnectAsync(CancellationToken cancellationToken)
        => WorkspaceConnection.OpenAsync(FindWorkspace(), cancellationToken);

    public T Value<T>(Option<T> option) => Parsed.GetValue(option)!;

    public T Value<T>(Argument<T> argument) => Parsed.GetValue(argument)!;

    public static async Task<int> RunAsync(
        ParseResult parsed, Func<Invocation, CancellationToken, Task<int>> run, CancellationToken cancellationToken)
    {
        var invocation = new Invocation(parsed);
        try
        {
            return await run(invocation, cancellationToken);
        }
        catch (CairnException e)
        {
            invocation.Fail(e);
            return ExitCodes.Of(e);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            invocation.Error.WriteLine("Stopped.");
            return ExitCodes.No;
        }
    }

    /// <summary>Prints a JSON document as it came from the API.</summary>
    public void PrintJson(JsonElement document) => Output.WriteLine(document.GetRawText());

    private void Fail(CairnException e)
    {
        Error.WriteLine(e.Message);
        if (e.Fix.Length > 0)
            Error.WriteLine("  " + e.Fix);
        if (Json)
        {
            var error = new JsonObject { ["error"] = new JsonObject { ["code"] = e.Code, ["message"] = e.Message, ["fix"] = e.Fix } };
            Output.WriteLine(error.ToJsonString());
        }
    }
}
