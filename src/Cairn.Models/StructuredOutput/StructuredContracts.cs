using System.Collections.Concurrent;
using System.Text.Json;

namespace Cairn.Models;

/// <summary>Contracts by their schema's text.</summary>
internal sealed class StructuredContracts(StructuredOutputOptions options)
{
    private const int Most = 256;

    private readonly ConcurrentDictionary<string, StructuredContract> _known = new(StringComparer.Ordinal);

    /// <exception cref="JsonSchemaException">The schema cannot be used.</exception>
    public StructuredContract Of(JsonElement schema)
    {
        var text = schema.GetRawText();
        if (_known.TryGetValue(text, out var contract))
            return contract;
        // Callers bring schemas of their own: more than these are compiled anew rather than kept.
        if (_known.Count >= Most)
            _known.Clear();
        return _known[text] = new(schema, options);
    }
}
