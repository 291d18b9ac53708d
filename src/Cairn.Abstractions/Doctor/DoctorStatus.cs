using System.Text.Json.Serialization;

namespace Cairn.Abstractions;

[JsonConverter(typeof(JsonStringEnumConverter<DoctorStatus>))]
public enum DoctorStatus
{
    [JsonStringEnumMemberName("ok")] Ok,

    /// <summary>Works, with less than it could.</summary>
    [JsonStringEnumMemberName("warning")] Warning,

    /// <summary>Something does not work until it is mended.</summary>
    [JsonStringEnumMemberName("failed")] Failed,
}
