using System.Text.Json.Serialization;

namespace Cairn.Training;

[JsonConverter(typeof(JsonStringEnumConverter<TaskKind>))]
public enum TaskKind
{
    [JsonStringEnumMemberName("classify")] Classify,
    [JsonStringEnumMemberName("regress")] Regress,
}
