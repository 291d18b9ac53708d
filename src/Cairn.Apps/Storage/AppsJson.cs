using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Cairn.Apps;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredMessage))]
[JsonSerializable(typeof(ImmutableDictionary<string, string>))]
internal sealed partial class AppsJson : JsonSerializerContext;
