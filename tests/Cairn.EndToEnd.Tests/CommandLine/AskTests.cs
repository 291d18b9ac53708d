namespace Cairn.EndToEnd.Tests;

public sealed class AskTests
{
    private const string Question = "How far ahead must a ship longer than 150 metres book a berth?";

    [Fact]
    public async Task The_first_question_in_a_fresh_workspace_is_answered_with_a_citation()
    {
        using var workspace = new SampleWorkspace();
        var answer = await CommandJson.OfAsync(workspace, "ask", Question);
        Assert.Equal("answered", answer.GetProperty("status").GetString());
        Assert.Contains("four days", answer.GetProperty("answer").GetString(), StringComparison.Ordinal);
        var citation = answer.GetProperty("citations")[0];
        Assert.Equal("mooring.md", citation.GetProperty("path").GetString());
        Assert.Contains("four days ahead", citation.GetProperty("quote").GetString(), StringComparison.Ordinal);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, answer.GetProperty("degraded").ValueKind);
        Assert.Equal("extractive", answer.GetProperty("engine").GetString());
    }

    [Fact]
    public async Task A_source_whose_folder_is_missing_does_not_keep_the_others_from_answering()
    {
        using var workspace = new SampleWorkspace(SampleWorkspace.DefaultYaml + "\n  archive: { kind: folder, path: ./archive }\n");
        var result = await CairnCommandLine.RunAsync(workspace.Root, "ask", Question);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("four days", result.Output, StringComparison.Ordinal);
        Assert.Contains("Note: The folder", result.Error, StringComparison.Ordinal);
        Assert.Contains("archive", result.Error, StringComparison.Ordinal);
        var doctor = await CairnCommandLine.RunAsync(workspace.Root, "doctor");
        Assert.NotEqual(0, doctor.ExitCode);
        Assert.Contains("source archive", doctor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asked_of_one_source_only_that_one_answers()
    {
        using var workspace = new SampleWorkspace(SampleWorkspace.DefaultYaml
            + "\n  archive: { kind: folder, path: ./archive, access: [ { match: \"**\", allow: [everyone] } ] }\n");
        workspace.Write("archive/2019.md", "# Mooring rules of 2019\n\nShips longer than 150 metres book a berth nine days ahead.\n");
        var answer = await CommandJson.OfAsync(workspace, "ask", Question, "--source", "archive");
        Assert.Equal(["2019.md"], answer.GetProperty("citations").EnumerateArray().Select(c => c.GetProperty("path").GetString()));
        var unknown = await CairnCommandLine.RunAsync(workspace.Root, "ask", Question, "--source", "archives");
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("archive", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_server_and_without_one_the_answer_is_the_same()
    {
        using var workspace = new SampleWorkspace();
        var alone = await CommandJson.OfAsync(workspace, "ask", Question);
        await using var server = await RunningServer.StartAsync(workspace.Root);
        var served = await CommandJson.OfAsync(workspace, "ask", Question);
        Assert.Equal(alone.GetProperty("answer").GetString(), served.GetProperty("answer").GetString());
        Assert.Equal(alone.GetProperty("citations").GetRawText(), served.GetProperty("citations").GetRawText());
    }

    [Fact]
    public async Task A_person_reads_the_answer_the_quotes_and_how_to_see_the_steps()
    {
        using var workspace = new SampleWorkspace();
        var result = await CairnCommandLine.RunAsync(workspace.Root, "ask", Question);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("[1]", result.Output, StringComparison.Ordinal);
        Assert.Contains("mooring.md", result.Output, StringComparison.Ordinal);
        Assert.Contains("cairn trace ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_documents_do_not_say_is_missing_and_not_an_error()
    {
        using var workspace = new SampleWorkspace();
        var answer = await CommandJson.OfAsync(workspace, "ask", "Which airline flies to Reykjavik on Sundays?");
        Assert.Equal("missing", answer.GetProperty("status").GetString());
        Assert.Equal(0, answer.GetProperty("citations").GetArrayLength());
        Assert.NotEqual(0, answer.GetProperty("notices").GetArrayLength());
    }

    [Theory]
    [InlineData("", "question.empty")]
    [InlineData("   ", "question.empty")]
    public async Task An_empty_question_is_a_usage_error_with_a_fix(string question, string code)
    {
        using var workspace = new SampleWorkspace();
        var result = await CairnCommandLine.RunAsync(workspace.Root, "ask", question, "--json");
        Assert.Equal(2, result.ExitCode);
        var error = CommandJson.Parse(result.Output).GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.NotEqual("", error.GetProperty("fix").GetString());
    }

    [Fact]
    public async Task A_question_of_100_kilobytes_is_refused_with_the_limit()
    {
        using var workspace = new SampleWorkspace();
        var result = await CairnCommandLine.RunAsync(workspace.Root, "ask", new string('q', 100_000), "--json");
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("question.too-long", CommandJson.Parse(result.Output).GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_trace_draws_the_steps_as_a_tree()
    {
        using var workspace = new SampleWorkspace();
        var answer = await CommandJson.OfAsync(workspace, "ask", Question);
        var trace = await CairnCommandLine.RunAsync(workspace.Root, "trace", answer.GetProperty("traceId").GetString()!);
        Assert.Equal(0, trace.ExitCode);
        Assert.Contains("└─", trace.Output, StringComparison.Ordinal);
        Assert.Contains("retrieve", trace.Output, StringComparison.Ordinal);
        Assert.Contains(" ms", trace.Output, StringComparison.Ordinal);
    }
}
