using System.Text.Json.Serialization;

namespace Cairn.Training;

/// <summary>What of a training can be left off early, in the order in which it is done.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TrainingStage>))]
public enum TrainingStage
{
    /// <summary>The best candidate so far is learned from all training rows.</summary>
    [JsonStringEnumMemberName("search")] Search,

    /// <summary>The rounds so far become the model.</summary>
    [JsonStringEnumMemberName("learning")] Learning,
}
