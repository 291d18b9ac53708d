using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Cairn.Sandbox;

namespace Cairn.Knowledge;

/// <summary>The command line and the walls of a parser worker.</summary>
internal static class WorkerProgram
{
    public static SandboxedProgram Of(ParserOptions options)
    {
        var command = options.WorkerCommand ?? Own();
        var runtime = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var folders = command.Where(Path.IsPathRooted).Select(p => Path.GetDirectoryName(p)!).Append(runtime);
        var pdftotext = ProgramPath.Find(PdfParser.Program);
        if (pdftotext is not null)
            folders = folders.Append(Path.GetDirectoryName(Path.GetDirectoryName(pdftotext)!)!);
        return new SandboxedProgram
        {
            FileName = command[0],
            Arguments = command[1..],
            Readable = [.. folders.Where(f => !Seen(f)).Distinct()],
            Limits = new SandboxLimits { Time = Timeout.InfiniteTimeSpan, Memory = options.Memory, Output = long.MaxValue },
            Environment = ImmutableDictionary.CreateRange(new Dictionary<string, string>
            {
                ["DOTNET_ROOT"] = runtime,
                ["DOTNET_GCHeapHardLimit"] = (options.Memory / 8 * 5).ToString("X", CultureInfo.InvariantCulture),
                ["DOTNET_gcConcurrent"] = "0",
                ["DOTNET_gcServer"] = "0",
                // A worker reads at most a few hundred files: counting what they use, to compile it better, takes longer than it saves.
                ["DOTNET_TieredPGO"] = "0",
                ["DOTNET_EnableDiagnostics"] = "0",
                ["DOTNET_DbgEnableMiniDump"] = "0",
                ["PATH"] = pdftotext is null ? "/usr/bin:/bin" : Path.GetDirectoryName(pdftotext) + ":/usr/bin:/bin",
            }),
        };
    }

    /// <summary>This program again: its own executable, or <c>dotnet</c> with its assembly.</summary>
    private static ImmutableArray<string> Own()
    {
        var executable = Environment.ProcessPath ?? throw new InvalidOperationException("This process has no path.");
        return Path.GetFileNameWithoutExtension(executable) == "dotnet"
            ? [executable, Path.Combine(AppContext.BaseDirectory, System.Reflection.Assembly.GetEntryAssembly()!.GetName().Name + ".dll"),
                ParserWorker.Command]
            : [executable, ParserWorker.Command];
    }

    /// <summary>The sandbox shows these folders anyway.</summary>
    private static bool Seen(string folder) => folder == "/" || folder == "/usr" || folder.StartsWith("/usr/", StringComparison.Ordinal);
}
