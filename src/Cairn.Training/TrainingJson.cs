using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Cairn.Training;

/// <summary>What the tables and the files of this module hold as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Recipe))]
[JsonSerializable(typeof(ExperimentOutcome))]
[JsonSerializable(typeof(TrainingCheckpoint))]
[JsonSerializable(typeof(ImmutableArray<string>))]
[JsonSerializable(typeof(InputSchema))]
[JsonSerializable(typeof(DataProfile))]
[JsonSerializable(typeof(ServedCounts))]
internal sealed partial class TrainingJson : JsonSerializerContext;
