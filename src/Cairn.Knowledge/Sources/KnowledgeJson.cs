using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cairn.Knowledge;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SourceDefinition))]
[JsonSerializable(typeof(IngestInput))]
[JsonSerializable(typeof(IngestReport))]
[JsonSerializable(typeof(ImmutableArray<string>))]
internal sealed partial class KnowledgeJson : JsonSerializerContext;
