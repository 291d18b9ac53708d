using System.Text.Json.Serialization;
using Cairn.Apps;

namespace Cairn.Server;

/// <summary>A step of an answer began or ended.</summary>
internal sealed record StepResponse(string Name, string Detail, double Milliseconds, bool Finished)
{
    /// <summary>
    /// What retrieval found, best first: the evidence that the answer will be chosen from. Only on the end of <c>retrieve</c>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PassageResponse>? Passages { get; init; }

    public static StepResponse Of(AnswerStep step) => new(step.Name, step.Detail, step.Milliseconds, step.Finished)
    {
        Passages = step.Found.IsDefaultOrEmpty ? null : [.. step.Found.Select(p => PassageResponse.Of(p, explain: false))],
    };
}
