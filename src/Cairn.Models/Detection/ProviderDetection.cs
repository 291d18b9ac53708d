using System.Collections.Immutable;
using System.Text.Json;

namespace Cairn.Models;

internal sealed class ProviderDetection(ModelsDeclaration models, ISettings settings, TimeProvider time, ProviderTransport transport) : IProviderDetection
{
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromMilliseconds(500);
    private static readonly Uri Ollama = new("http://127.0.0.1:11434");
    private const int LongestBody = 1 << 20;

    private static readonly (string Name, string Variable, string Provider, string? BaseUrl, string Model)[] Services =
    [
        ("OpenAI", "OPENAI_API_KEY", "openai", "https://api.openai.com/v1", "gpt-4o-mini"),
        ("Anthropic", "ANTHROPIC_API_KEY", "claude", null, "claude-sonnet-4-5"),
        ("Gemini", "GEMINI_API_KEY", "gemini", null, "gemini-2.5-flash"),
        ("Mistral", "MISTRAL_API_KEY", "mistral", "https://api.mistral.ai/v1", "mistral-small-latest"),
        ("Groq", "GROQ_API_KEY", "groq", "https://api.groq.com/openai/v1", "llama-3.3-70b-versatile"),
        ("OpenRouter", "OPENROUTER_API_KEY", "openrouter", "https://openrouter.ai/api/v1", "openrouter/auto"),
    ];

    public async Task<IReadOnlyList<FoundProvider>> FindAsync(CancellationToken cancellationToken)
    {
        var found = Services
            .Where(s => settings.FindEnvironment(s.Variable) is not null && !models.Providers.Any(p => UsesVariable(p, s.Variable)))
            .Select(s => new FoundProvider(s.Name, $"{s.Variable} in the environment", [s.Model], Yaml(s.Provider, s.BaseUrl, s.Variable, s.Model)))
            .ToList();
        if (!models.Providers.Any(UsesOllama) && await FindOllamaAsync(cancellationToken) is { } ollama)
            found.Add(ollama);
        return found;
    }

    private async Task<FoundProvider?> FindOllamaAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ProbeLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var http = new HttpClient(transport(Ollama, TimeLimits.Default)) { MaxResponseContentBufferSize = LongestBody };
        try
        {
            var body = await http.GetStringAsync(new Uri(Ollama, "/api/tags"), both.Token);
            using var json = JsonDocument.Parse(body);
            ImmutableArray<string> names = [.. json.RootElement.GetProperty("models").EnumerateArray().Select(m => m.GetProperty("name").GetString()!)];
            return new("Ollama", Ollama.Authority, names, Yaml("local", Ollama + "v1", null, names.FirstOrDefault() ?? "llama3.2"));
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Nothing there, or something that is no Ollama: both mean that there is nothing to offer.
            return null;
        }
    }

    private static bool UsesVariable(ProviderDeclaration provider, string variable)
        => provider.ApiKey?.Text.Contains($"${{env:{variable}}}", StringComparison.Ordinal) ?? false;

    private bool UsesOllama(ProviderDeclaration provider)
        => Uri.TryCreate(provider.BaseUrl?.Resolve(settings), UriKind.Absolute, out var uri) && uri.IsLoopback && uri.Port == Ollama.Port;

    /// <param name="baseUrl">null: the provider has a kind of its own, which knows its address.</param>
    private static string Yaml(string provider, string? baseUrl, string? variable, string model)
    {
        var kind = baseUrl is not null ? $"openai, baseUrl: {baseUrl}" : provider == "claude" ? "anthropic" : provider;
        var key = variable is null ? "" : $", apiKey: ${{env:{variable}}}";
        return $"""
            models:
              providers:
                {provider}: {"{"} kind: {kind}{key} {"}"}
              routes:
                default: [ {provider}/{model} ]
            """;
    }
}
