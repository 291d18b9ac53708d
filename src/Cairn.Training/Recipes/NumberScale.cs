using System.Text.Json.Serialization;

namespace Cairn.Training;

[JsonConverter(typeof(JsonStringEnumConverter<NumberScale>))]
public enum NumberScale
{
    /// <summary><see cref="Standard"/> where the estimator compares columns' units, else <see cref="None"/>.</summary>
    [JsonStringEnumMemberName("usual")] Usual,
    [JsonStringEnumMemberName("none")] None,

    /// <summary>Around the mean, over the standard deviation.</summary>
    [JsonStringEnumMemberName("standard")] Standard,

    /// <summary>From 0 to 1.</summary>
    [JsonStringEnumMemberName("range")] Range,
}
