namespace Cairn.Server.Tests;

/// <summary>The clients that people use, as they are published, against every kind of provider (tests/js/clients).</summary>
public sealed class ClientTests(JudgedServer judged) : IClassFixture<JudgedServer>
{
    public static TheoryData<string, string, int> Judges => new MatrixTheoryData<string, string>(["openai", "responses", "anthropic", "vercel"], ["scripted", "openai", "openai-responses", "anthropic", "gemini"]) switch
    {
        var all => [.. all.Select(r => (r.Data.Item1, r.Data.Item2, r.Data.Item1 switch { "openai" => 14, "responses" => 9, "anthropic" => 12, _ => 32 }))],
    };

    [Theory]
    [MemberData(nameof(Judges))]
    public void Every_case_of_a_client_passes(string client, string provider, int least)
    {
        if (judged.Skipped is { } why)
            Assert.Skip(why);
        var cases = judged.Cases.Where(c => c.Client == client && c.Provider == provider).ToList();
        Assert.True(cases.Count >= least, $"{cases.Count} cases ran");
        var failed = cases.Where(c => c.Error is not null).Select(c => $"{c.Name} ({c.Milliseconds} ms): {c.Error}").ToList();
        Assert.True(failed.Count == 0, string.Join("\n\n", failed));
    }
}
