using System.Text.Json.Serialization;

namespace Cairn.Work;

[JsonSerializable(typeof(SortedDictionary<string, long>))]
internal sealed partial class UpkeepJson : JsonSerializerContext;
