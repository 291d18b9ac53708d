using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Cairn.Apps;

namespace Cairn.Server;

/// <summary>An <see cref="Answer"/> field by field, and where it was saved.</summary>
internal sealed record AskResponse
{
    [JsonPropertyName("answer")]
    public required string Text { get; init; }

    public required AnswerStatus Status { get; init; }

    public required ImmutableArray<AnswerSentence> Sentences { get; init; }

    public required ImmutableArray<Citation> Citations { get; init; }

    public required string Engine { get; init; }

    public required Degradation? Degraded { get; init; }

    public required ImmutableArray<string> Notices { get; init; }

    public required string? Model { get; init; }

    public required string Release { get; init; }

    public required string TraceId { get; init; }

    public required decimal CostUsd { get; init; }

    public required double Milliseconds { get; init; }

    /// <summary>The conversation that the turn was saved in; null when it was not.</summary>
    public required string? Conversation { get; init; }

    public required string? Message { get; init; }

    public static AskResponse Of(AnswerDone done) => new()
    {
        Text = done.Answer.Text,
        Status = done.Answer.Status,
        Sentences = done.Answer.Sentences,
        Citations = done.Answer.Citations,
        Engine = done.Answer.Engine,
        Degraded = done.Answer.Degraded,
        Notices = done.Answer.Notices,
        Model = done.Answer.Model,
        Release = done.Answer.Release,
        TraceId = done.Answer.TraceId,
        CostUsd = done.Answer.CostUsd,
        Milliseconds = done.Answer.Milliseconds,
        Conversation = done.Conversation,
        Message = done.Message,
    };
}
