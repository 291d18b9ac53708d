using System.CommandLine;
using System.Text.Json.Nodes;
using Cairn.Apps;

namespace Cairn.Cli.Commands;

internal static class InitCommand
{
    private static readonly Argument<string> Folder = new("DIR") { Description = "The folder to make a workspace of" };

    private const string Template = """
        # A Cairn workspace. `cairn up` serves it; `cairn doctor` says what is missing.
        version: 1
        storage: sqlite
        sources:
          docs:
            kind: folder
            path: ./docs
            watch: true
            access:                                # first match wins; nothing matched: only the owner
              - { match: "**", allow: [everyone] }

        """;

    private const string Welcome = """
        # Welcome

        Put documents into this folder: Markdown, HTML, text, CSV, DOCX or PDF. Cairn reads them, keeps up with changes, and answers
        questions about them with citations.

        """;

    public static Command Create() => new CairnCommand("init", "Make a workspace", "cairn init my-workspace") { Folder }.Runs(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(invocation.Value(Folder));
        var file = Path.Combine(folder, Workspace.FileName);
        if (File.Exists(file))
            throw new CairnException(ErrorKind.Input, "workspace.exists", $"{file} is already there.",
                "Nothing was changed. Start it with: cairn up --workspace " + folder);
        Directory.CreateDirectory(Path.Combine(folder, "docs"));
        Directory.CreateDirectory(Path.Combine(folder, "apps"));
        var ignore = Path.Combine(folder, ".gitignore");
        if (!File.Exists(ignore))
            await File.WriteAllTextAsync(ignore, ".cairn/\n", cancellationToken);
        var welcome = Path.Combine(folder, "docs", "welcome.md");
        if (!File.Exists(welcome))
            await File.WriteAllTextAsync(welcome, Welcome, cancellationToken);
        await File.WriteAllTextAsync(file, Template, cancellationToken);
        if (invocation.Json)
            invocation.Output.WriteLine(new JsonObject { ["workspace"] = folder }.ToJsonString());
        else
            invocation.Output.WriteLine(CommandHint.In($"{folder} is a workspace now. Next: cairn up --workspace {folder}"));
        return ExitCodes.Done;
    }
}
