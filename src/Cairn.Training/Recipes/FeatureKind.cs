using System.Text.Json.Serialization;

namespace Cairn.Training;

[JsonConverter(typeof(JsonStringEnumConverter<FeatureKind>))]
public enum FeatureKind
{
    [JsonStringEnumMemberName("number")] Number,

    /// <summary>Names; a column of 0 and 1 for each that was there in training.</summary>
    [JsonStringEnumMemberName("category")] Category,

    /// <summary>Prose; weighted counts of its n-grams.</summary>
    [JsonStringEnumMemberName("text")] Text,
}
