namespace Cairn.Server;

/// <param name="Warnings">What in the request is probably a mistake, though the ingestion goes on: subjects that name nobody.</param>
internal sealed record IngestStarted(string JobId, IReadOnlyList<string> Warnings);
