using System.Text.Json.Serialization;

namespace Cairn.Bench;

/// <param name="Name">In the figures' names.</param>
/// <param name="Schema">Draft 2020-12.</param>
/// <param name="Instance">A valid one, as JSON text.</param>
internal sealed record SchemaCase(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("schema")] System.Text.Json.JsonElement Schema,
    [property: JsonPropertyName("instance")] string Instance);
