using System.Text.Json.Serialization;

namespace Cairn.Abstractions;

[JsonConverter(typeof(JsonStringEnumConverter<AnswerStatus>))]
public enum AnswerStatus
{
    [JsonStringEnumMemberName("answered")]
    Answered,

    /// <summary>Not enough evidence in what the caller may see: an answer of its own, not an error.</summary>
    [JsonStringEnumMemberName("missing")]
    Missing,

    /// <summary>A guard or the app's policy refused.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,
}
