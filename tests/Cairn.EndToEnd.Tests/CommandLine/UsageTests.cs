using System.CommandLine;
using Cairn.Cli;

namespace Cairn.EndToEnd.Tests;

/// <summary>What holds for every command: help with an example, exit codes, where things are printed.</summary>
public sealed class UsageTests
{
    public static TheoryData<string> Commands() => [.. Walk(Cli.CommandLine.Build(), "")];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_of_a_command_ends_with_an_example_of_it(string path)
    {
        using var output = new StringWriter();
        var code = await Cli.CommandLine.RunAsync([.. path.Split(' '), "--help"], output, TextWriter.Null);
        Assert.Equal(0, code);
        Assert.Contains($"Example:{Environment.NewLine}", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("cairn " + path, output.ToString()[output.ToString().IndexOf("Example:", StringComparison.Ordinal)..],
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_hint_that_names_the_command_is_told_as_the_launcher_was_called(string path)
        => Assert.Equal($"Run: ./cairn {path} X", CommandHint.In($"Run: cairn {path} X", "./cairn"));

    [Theory]
    [InlineData("asj")]
    [InlineData("ask")]
    [InlineData("up --port many")]
    [InlineData("cost --since tomorrow")]
    [InlineData("frob --help")]
    [InlineData("key frob --help")]
    public async Task Wrong_usage_ends_with_2_and_says_where_help_is(string arguments)
    {
        using var error = new StringWriter();
        var code = await Cli.CommandLine.RunAsync(arguments.Split(' '), TextWriter.Null, error);
        Assert.Equal(2, code);
        Assert.Contains("--help", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("asj", "There is no command cairn asj.\n  Did you mean: cairn ask\nSee: cairn --help\n")]
    [InlineData("key lst", "There is no command cairn key lst.\n  Did you mean: cairn key list\nSee: cairn key --help\n")]
    [InlineData("frobnicate", "There is no command cairn frobnicate.\nSee: cairn --help\n")]
    public async Task A_command_that_is_not_there_is_told_once_with_the_nearest(string arguments, string told)
    {
        using var error = new StringWriter();
        await Cli.CommandLine.RunAsync(arguments.Split(' '), TextWriter.Null, error);
        Assert.Equal(told.ReplaceLineEndings(), error.ToString());
    }

    [Theory]
    [InlineData("user.exists", 2)]
    [InlineData("user.removed", 2)]
    [InlineData("workspace.locked", 3)]
    [InlineData("database.busy", 3)]
    public void A_taken_name_is_input_and_a_held_workspace_is_environment(string code, int exit)
        => Assert.Equal(exit, ExitCodes.Of(new CairnException(ErrorKind.Conflict, code, "", "")));

    [Fact]
    public async Task Outside_a_workspace_the_error_names_the_command_that_makes_one()
    {
        var folder = Directory.CreateTempSubdirectory("cairn-e2e-");
        try
        {
            var result = await CairnCommandLine.RunAsync(folder.FullName, "ask", "anything", "--json");
            Assert.Equal(2, result.ExitCode);
            Assert.Contains("cairn init", result.Error, StringComparison.Ordinal);
            using var json = System.Text.Json.JsonDocument.Parse(result.Output);
            Assert.Equal("workspace.missing", json.RootElement.GetProperty("error").GetProperty("code").GetString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Completion_offers_the_commands_that_begin_so()
    {
        using var output = new StringWriter();
        await Cli.CommandLine.RunAsync(["[suggest:7]", "cairn a"], output, TextWriter.Null);
        Assert.Contains("ask", output.ToString(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Walk(Command command, string path)
    {
        foreach (var child in command.Subcommands)
        {
            var name = path.Length == 0 ? child.Name : path + " " + child.Name;
            yield return name;
            foreach (var deeper in Walk(child, name))
                yield return deeper;
        }
    }
}
