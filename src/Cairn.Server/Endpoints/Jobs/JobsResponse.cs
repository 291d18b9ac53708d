namespace Cairn.Server;

internal sealed record JobsResponse(IReadOnlyList<JobResponse> Jobs);
