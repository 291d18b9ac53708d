using System.Text.Json.Serialization;

namespace Cairn.Training;

/// <summary>What becomes of a category that was not there in training.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UnseenCategories>))]
public enum UnseenCategories
{
    /// <summary>It counts as none of those known, and as new in the model's drift.</summary>
    [JsonStringEnumMemberName("ignore")] Ignore,
    [JsonStringEnumMemberName("refuse")] Refuse,
}
