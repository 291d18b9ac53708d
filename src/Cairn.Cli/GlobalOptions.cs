using System.CommandLine;

namespace Cairn.Cli;

/// <summary>Options of every command.</summary>
internal static class GlobalOptions
{
    public static Option<string?> Workspace { get; } = new("--workspace")
    {
        Description = "The folder that holds cairn.yaml (default: found upward from here, or CAIRN_WORKSPACE)",
        HelpName = "DIR",
        Recursive = true,
    };

    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON document and nothing else on standard output",
        Recursive = true,
    };

    /// <summary>On commands that read as somebody.</summary>
    public static Option<string?> As() => new("--as") { Description = "See with this user's eyes", HelpName = "USER" };
}
