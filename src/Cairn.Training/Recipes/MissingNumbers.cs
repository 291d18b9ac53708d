using System.Text.Json.Serialization;

namespace Cairn.Training;

/// <summary>What becomes of a number that is not there.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MissingNumbers>))]
public enum MissingNumbers
{
    /// <summary><see cref="Keep"/> where the estimator learns from missing values, else <see cref="Median"/>.</summary>
    [JsonStringEnumMemberName("usual")] Usual,
    [JsonStringEnumMemberName("keep")] Keep,

    /// <summary>An error that names column and row, in training and in prediction.</summary>
    [JsonStringEnumMemberName("refuse")] Refuse,
    [JsonStringEnumMemberName("mean")] Mean,
    [JsonStringEnumMemberName("median")] Median,
    [JsonStringEnumMemberName("mostFrequent")] MostFrequent,
    [JsonStringEnumMemberName("zero")] Zero,
}
