namespace Cairn.Bench;

/// <summary>The workspace that Cairn serves in the suite.</summary>
internal static class GatewayWorkspace
{
    public static void Write(string folder, int upstream, bool everything)
    {
        Directory.CreateDirectory(Path.Combine(folder, "models"));
        File.WriteAllText(Path.Combine(folder, "cairn.yaml"), $$"""
            version: 1
            storage: sqlite
            models:
              providers:
                bench: { kind: openai, baseUrl: "http://127.0.0.1:{{upstream}}/v1" }
              routes:
                default: { models: [bench/bench-1]{{(everything ? ", cache: exact" : "")}} }
            {{(everything ? "budgets: { spend: [ { for: everyone, day: 1000000 }, { for: \"user:bench\", day: 1000000 } ] }" : "")}}

            """);
        if (everything)
            File.WriteAllText(Path.Combine(folder, "models", "catalog.yaml"),
                "version: 1\nmodels:\n  - names: [bench/*]\n    context: 128000\n    prices: [{ from: 2026-01-01, input: 0.15, output: 0.60 }]\n");
    }
}
