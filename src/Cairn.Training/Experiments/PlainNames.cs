using System.Collections.Immutable;
using System.Text.Json;

namespace Cairn.Training;

/// <summary>A list of names as a text.</summary>
internal sealed record PlainNames(ImmutableArray<string> Names)
{
    public string ToJson() => JsonSerializer.Serialize(Names, TrainingJson.Default.ImmutableArrayString);

    /// <exception cref="InvalidDataException">No list of texts.</exception>
    public static PlainNames Parse(string json)
    {
        try
        {
            return new(JsonSerializer.Deserialize(json, TrainingJson.Default.ImmutableArrayString));
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"A list of names is expected: {error.Message}", error);
        }
    }
}
