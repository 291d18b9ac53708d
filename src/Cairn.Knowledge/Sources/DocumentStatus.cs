using System.Text.Json.Serialization;

namespace Cairn.Knowledge;

[JsonConverter(typeof(JsonStringEnumConverter<DocumentStatus>))]
public enum DocumentStatus
{
    [JsonStringEnumMemberName("ready")] Ready,

    /// <summary>The newest bytes could not be read; an earlier version, if there is one, goes on serving.</summary>
    [JsonStringEnumMemberName("failed")] Failed,

    [JsonStringEnumMemberName("removed")] Removed,
}
