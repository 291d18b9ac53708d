using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cairn.Training;

/// <summary>Predictions by the live version of a model, counted and held against its training data.</summary>
public interface IPredictions
{
    /// <param name="rows">A JSON object per row, with the model's fields.</param>
    /// <exception cref="CairnException">No such model, or a row that its schema refuses: the field and the row are named.</exception>
    Task<PredictionResult> PredictAsync(
        Principal caller, string model, IReadOnlyList<JsonElement> rows, CancellationToken cancellationToken);

    /// <summary>The JSON Schema of one row for the live version.</summary>
    Task<JsonObject> SchemaAsync(Principal caller, string model, CancellationToken cancellationToken);

    /// <summary>The live version's input, field by field.</summary>
    Task<InputSchema> InputAsync(Principal caller, string model, CancellationToken cancellationToken);

    /// <summary>What a version served within the last hours and how its rows differ from those it learned from.</summary>
    /// <param name="version">null: the live one.</param>
    Task<Monitoring> MonitorAsync(Principal caller, string model, int? version, int hours, CancellationToken cancellationToken);
}
