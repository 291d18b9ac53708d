using System.CommandLine;

namespace Cairn.Cli;

/// <summary>A command whose help ends with an example.</summary>
internal sealed class CairnCommand(string name, string description, string example) : Command(name, description)
{
    public string Example { get; } = example;

    /// <summary>Runs <paramref name="run"/> with errors turned into messages and exit codes.</summary>
    public CairnCommand Runs(Func<Invocation, CancellationToken, Task<int>> run)
    {
        SetAction((parsed, cancellationToken) => Invocation.RunAsync(parsed, run, cancellationToken));
        return this;
    }
}
