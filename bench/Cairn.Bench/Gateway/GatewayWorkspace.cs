namespace Cairn.Bench;

internal static class GatewayWorkspace
{
    public static string Yaml(int upstream, bool everything) => $$"""
        version: 1
        storage: sqlite
        models:
          providers:
            bench: { kind: openai, baseUrl: "http://127.0.0.1:{{upstream}}/v1" }
          routes:
            default: { models: [bench/bench-1]{{(everything ? ", cache: exact" : "")}} }

        """;
}
