using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Cairn.Models;

/// <summary>A provider that this machine offers and <c>cairn.yaml</c> does not use.</summary>
/// <param name="Name">For people: <c>OpenAI</c>, <c>Ollama</c>.</param>
/// <param name="Found">Where it was seen: <c>OPENAI_API_KEY in the environment</c>, <c>127.0.0.1:11434</c>. Never a key.</param>
/// <param name="Models">What it serves, as far as it says.</param>
/// <param name="Yaml">What to add to <c>cairn.yaml</c>.</param>
public sealed record FoundProvider(string Name, string Found, ImmutableArray<string> Models, string Yaml)
{
    /// <summary>What <see cref="Yaml"/> says, in its parts.</summary>
    [JsonIgnore]
    public ProviderSnippet? Snippet { get; private init; }

    public static FoundProvider Of(string name, string found, ImmutableArray<string> models, ProviderSnippet snippet)
    {
        ArgumentNullException.ThrowIfNull(snippet);
        return new(name, found, models, snippet.Yaml) { Snippet = snippet };
    }
}
