namespace Cairn.Server.Tests;

/// <summary>The clients that people use, as they are published, against every kind of provider (tests/js/clients).</summary>
public sealed class ClientTests(JudgedServer judged) : IClassFixture<JudgedServer>
{
    public static TheoryData<string, string, int> Judges
        => new MatrixTheoryData<string, string>(["openai", "responses", "anthropic", "vercel"],
            ["scripted", "openai", "openai-responses", "anthropic", "gemini", "bedrock", "replay"]) switch
    {
        var all => [.. all.Select(r => (r.Data.Item1, r.Data.Item2, Least(r.Data.Item1, r.Data.Item2)))],
    };

    /// <summary>A recording cannot be left in the middle; no provider but OpenAI's, Gemini's and ours makes embeddings.</summary>
    private static int Least(string client, string provider) => (client, provider) switch
    {
        ("vercel", "replay") => 29,
        ("vercel", _) => 32,
        ("openai", _) => 14,
        ("responses", "replay") => 8,
        ("responses", _) => 9,
        (_, "replay") => 11,
        _ => 12,
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
