using System.Text.Json.Serialization;

namespace Cairn.Learning;

/// <summary>The options that model files hold.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, UseStringEnumConverter = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(BoostingOptions))]
[JsonSerializable(typeof(ForestOptions))]
[JsonSerializable(typeof(TreeOptions))]
[JsonSerializable(typeof(LogisticOptions))]
[JsonSerializable(typeof(LassoOptions))]
[JsonSerializable(typeof(NeighbourOptions))]
[JsonSerializable(typeof(PerceptronOptions))]
[JsonSerializable(typeof(TfidfOptions))]
[JsonSerializable(typeof(NgramOptions))]
internal sealed partial class ModelJson : JsonSerializerContext;
