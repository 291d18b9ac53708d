using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cairn.Training;

/// <summary>What the next attempt of a training need not do again.</summary>
internal sealed record TrainingCheckpoint
{
    /// <summary>Candidates of the search that were judged.</summary>
    public ImmutableArray<CandidateResult> Candidates { get; init; } = [];

    /// <summary>The blob of the estimator's rounds.</summary>
    public string? Rounds { get; init; }

    /// <summary>What learned those rounds and the ones before; null where it is what the recipe says.</summary>
    public EstimatorChoice? Learned { get; init; }

    /// <summary>The blob of the rounds before those, for the case that these turn out damaged.</summary>
    public string? Earlier { get; init; }

    /// <summary>Bytes that the training will take; null until the data were read.</summary>
    public double? Memory { get; init; }

    /// <summary>What earlier attempts found damaged.</summary>
    public ImmutableArray<string> Notes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The newest first.</summary>
    [JsonIgnore]
    public IEnumerable<string> Blobs => new[] { Rounds, Earlier }.OfType<string>();

    public string ToJson() => JsonSerializer.Serialize(this, TrainingJson.Default.TrainingCheckpoint);

    /// <summary>An unreadable one is as none, with a note that says so.</summary>
    public static TrainingCheckpoint Read(string? text)
    {
        if (text is null)
            return new();
        try
        {
            return JsonSerializer.Deserialize(text, TrainingJson.Default.TrainingCheckpoint) ?? new();
        }
        catch (JsonException error)
        {
            return new() { Notes = [$"What was kept of an earlier attempt is damaged ({error.Message}); the training began again."] };
        }
    }
}
