using Cairn.Models;
using Cairn.Testing;

namespace Cairn.Apps.Tests;

public sealed class WorkspaceEditTests
{
    private static readonly ProviderSnippet Groq = new("groq",
        "{ kind: openai, baseUrl: https://api.groq.com/openai/v1, apiKey: ${secret:groq} }", "llama");
    private const string Line = "groq: { kind: openai, baseUrl: https://api.groq.com/openai/v1, apiKey: ${secret:groq} }";

    [Theory]
    [InlineData("version: 1\n", $"version: 1\n\nmodels:\n  providers:\n    {Line}\n  routes:\n    default: [ groq/llama ]\n")]
    [InlineData("version: 1\nmodels:\nsources:\n  docs: { path: ./docs }\n",
        $"version: 1\nmodels:\n  providers:\n    {Line}\n  routes:\n    default: [ groq/llama ]\nsources:\n  docs: {{ path: ./docs }}\n")]
    [InlineData("version: 1\nmodels:   # mine\n    providers: # all\n      # local first\n      local: { kind: openai, baseUrl: http://x/v1 }\n    routes:\n      fast: [ local/a ]\n",
        $"version: 1\nmodels:   # mine\n    providers: # all\n      {Line}\n      # local first\n      local: {{ kind: openai, baseUrl: http://x/v1 }}\n    routes:\n      default: [ groq/llama ]\n      fast: [ local/a ]\n")]
    [InlineData("version: 1\nmodels:\n  routes:\n    default: [ local/a ]\n  providers:\n    local: { kind: openai, baseUrl: http://x/v1 }\n",
        $"version: 1\nmodels:\n  routes:\n    default: [ local/a ]\n  providers:\n    {Line}\n    local: {{ kind: openai, baseUrl: http://x/v1 }}\n")]
    [InlineData("version: 1\r\nmodels:\r\n  providers:\r\n    local: { kind: openai, baseUrl: http://x/v1 }\r\n",
        $"version: 1\r\nmodels:\r\n  routes:\r\n    default: [ groq/llama ]\r\n  providers:\r\n    {Line}\r\n    local: {{ kind: openai, baseUrl: http://x/v1 }}\r\n")]
    public void A_provider_is_put_where_it_belongs_and_nothing_else_changes(string before, string after)
    {
        Assert.Equal(after, WorkspaceEdit.AddProvider(before, Groq));
        using var folder = new TemporaryFolder();
        Assert.Contains(WorkspaceFile.Parse(after, folder.Path).Models.Providers, p => p.Name == "groq");
    }

    [Theory]
    [InlineData("version: 1\nmodels: { providers: { local: { kind: openai, baseUrl: http://x/v1 } } }\n", "is not written a line each")]
    [InlineData("version: 1\nmodels:\n  providers: { local: { kind: openai, baseUrl: http://x/v1 } }\n", "is not written a line each")]
    [InlineData("version: 1\nmodels:\n  providers:\n    groq: { kind: openai, baseUrl: http://x/v1 }\n",
        "declares the provider 'groq' already")]
    public void What_cannot_be_added_is_refused(string text, string message)
    {
        var refused = Assert.Throws<CairnException>(() => WorkspaceEdit.AddProvider(text, Groq));
        Assert.Equal("workspace.edit", refused.Code);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_is_written_whole_and_keeps_its_mode()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "cairn.yaml");
        File.WriteAllText(file, "version: 1\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        WorkspaceEdit.AddProvider(folder.Path, Groq, ProviderKinds.BuiltIn);
        Assert.Equal("groq", Assert.Single(WorkspaceFile.Load(folder.Path).Models.Providers).Name);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Single(Directory.GetFiles(folder.Path));
    }
}
