using System.Text.Json.Serialization;

namespace Cairn.Training;

/// <summary>What the stability index says by the rule that is usual in the field.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DriftState>))]
public enum DriftState
{
    /// <summary>Too few rows to tell.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,

    /// <summary>Below .1.</summary>
    [JsonStringEnumMemberName("stable")] Stable,

    /// <summary>From .1 to .25, or a few new categories or missing values more than before.</summary>
    [JsonStringEnumMemberName("moving")] Moving,

    /// <summary>Above .25, or many of those.</summary>
    [JsonStringEnumMemberName("drifted")] Drifted,
}
