namespace Cairn.Models;

/// <summary>Public services, as <c>cairn.yaml</c> declares them.</summary>
internal static class KnownServices
{
    /// <summary>A base address of null: the provider has a kind of its own, which knows its address.</summary>
    public static readonly (string Name, string Variable, string Provider, string Kind, string? BaseUrl, string Model)[] All =
    [
        ("OpenAI", "OPENAI_API_KEY", "openai", "openai", "https://api.openai.com/v1", "gpt-4o-mini"),
        ("Anthropic", "ANTHROPIC_API_KEY", "claude", "anthropic", null, "claude-sonnet-4-5"),
        ("Gemini", "GEMINI_API_KEY", "gemini", "gemini", null, "gemini-2.5-flash"),
        ("Mistral", "MISTRAL_API_KEY", "mistral", "openai", "https://api.mistral.ai/v1", "mistral-small-latest"),
        ("Groq", "GROQ_API_KEY", "groq", "openai", "https://api.groq.com/openai/v1", "llama-3.3-70b-versatile"),
        ("OpenRouter", "OPENROUTER_API_KEY", "openrouter", "openai", "https://openrouter.ai/api/v1", "openrouter/auto"),
    ];

    /// <summary>What to add to <c>cairn.yaml</c> for a provider of this name, with places to fill in when it is no known one.</summary>
    public static ProviderSnippet Snippet(string provider, string key)
        => Find(provider, key) ?? Snippet(provider, "openai", "https://HOST/v1", key, "MODEL");

    /// <returns>null for a name that is no known service's.</returns>
    public static ProviderSnippet? Find(string provider, string key)
    {
        var known = All.FirstOrDefault(s => s.Provider == provider || string.Equals(s.Name, provider, StringComparison.OrdinalIgnoreCase));
        return known.Name is null ? null : Snippet(provider, known.Kind, known.BaseUrl, key, known.Model);
    }

    /// <param name="key">A reference, or null for a provider that wants none.</param>
    public static ProviderSnippet Snippet(string provider, string kind, string? baseUrl, string? key, string model)
    {
        var where = baseUrl is null ? "" : $", baseUrl: {baseUrl}";
        var with = key is null ? "" : $", apiKey: {key}";
        return new(provider, $"{"{"} kind: {kind}{where}{with} {"}"}", model);
    }
}
