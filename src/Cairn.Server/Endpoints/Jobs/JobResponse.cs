using System.Text.Json;
using Cairn.Work;

namespace Cairn.Server;

/// <summary>A durable job; <see cref="Output"/> is what its handler returned.</summary>
internal sealed record JobResponse
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required JobStatus Status { get; init; }

    public required JobProgress? Progress { get; init; }

    public required JsonElement? Output { get; init; }

    public required string? Error { get; init; }

    public required int Attempt { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset? Finished { get; init; }

    public static JobResponse Of(Job job) => new()
    {
        Id = job.Id,
        Kind = job.Kind,
        Status = job.Status,
        Progress = job.Progress,
        Output = job.Output is null ? null : Parse(job.Output),
        Error = job.Error,
        Attempt = job.Attempt,
        Created = job.Created,
        Finished = job.Finished,
    };

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
