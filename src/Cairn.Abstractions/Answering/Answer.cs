using System.Collections.Immutable;

namespace Cairn.Abstractions;

/// <summary>The answer of an app, as the command line and <c>POST /api/v1/apps/{app}/ask</c> print it.</summary>
public sealed record Answer
{
    [System.Text.Json.Serialization.JsonPropertyName("answer")]
    public required string Text { get; init; }

    public required AnswerStatus Status { get; init; }

    public ImmutableArray<AnswerSentence> Sentences { get; init; } = [];

    public ImmutableArray<Citation> Citations { get; init; } = [];

    /// <summary><c>extractive</c> or <c>model</c>.</summary>
    public required string Engine { get; init; }

    public Degradation? Degraded { get; init; }

    /// <summary>What the reader should know beside the answer: superseded evidence, what was searched, what would help.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];

    /// <summary>Route, provider and model that wrote it (<c>default: local/llama3</c>); null for the floor.</summary>
    public string? Model { get; init; }

    /// <summary>Release of the app; <c>dev</c> until it is shipped.</summary>
    public string Release { get; init; } = "dev";

    public required string TraceId { get; init; }

    public decimal CostUsd { get; init; }

    public double Milliseconds { get; init; }
}
