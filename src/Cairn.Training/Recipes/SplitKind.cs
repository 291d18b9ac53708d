using System.Text.Json.Serialization;

namespace Cairn.Training;

[JsonConverter(typeof(JsonStringEnumConverter<SplitKind>))]
public enum SplitKind
{
    /// <summary>At random; classes by their shares.</summary>
    [JsonStringEnumMemberName("random")] Random,

    /// <summary>No group (a customer, a ship) is in both parts.</summary>
    [JsonStringEnumMemberName("group")] Group,

    /// <summary>The latest rows are judged by.</summary>
    [JsonStringEnumMemberName("time")] Time,
}
