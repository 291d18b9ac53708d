using System.Text.Json;

namespace Cairn.Server;

/// <param name="Row">One row: an object with the model's fields (GET schema says which).</param>
/// <param name="Rows">Several rows; either of the two.</param>
internal sealed record PredictBody(JsonElement? Row = null, IReadOnlyList<JsonElement>? Rows = null);
