using System.Diagnostics;
using System.Text.Json;
using Cairn.Apps;

namespace Cairn.Server;

/// <summary>An event of an answer's stream as it is sent: its name and one line of JSON.</summary>
internal readonly record struct LiveEvent(string Name, string Data)
{
    public static LiveEvent Of(AnswerEvent made) => made switch
    {
        AnswerStep step => new("step", JsonSerializer.Serialize(StepResponse.Of(step), ServerJson.Default.StepResponse)),
        AnswerDelta delta => new("delta", JsonSerializer.Serialize(delta, ServerJson.Default.AnswerDelta)),
        AnswerCitation citation => new("citation", JsonSerializer.Serialize(citation.Citation, ServerJson.Default.Citation)),
        AnswerReset reset => new("reset", JsonSerializer.Serialize(reset, ServerJson.Default.AnswerReset)),
        AnswerDone done => new("done", JsonSerializer.Serialize(AskResponse.Of(done), ServerJson.Default.AskResponse)),
        _ => throw new InvalidOperationException($"An answer's stream does not know {made.GetType().Name}."),
    };

    /// <returns>Null when the making was stopped: whoever stopped it knows.</returns>
    public static LiveEvent? Of(Exception failure) => failure switch
    {
        OperationCanceledException => null,
        CairnException known => new("error", JsonSerializer.Serialize(Problems.Of(known), ServerJson.Default.Problem)),
        _ => new("error", JsonSerializer.Serialize(Problems.Unexpected(Activity.Current?.TraceId.ToHexString() ?? "-"),
            ServerJson.Default.Problem)),
    };
}
