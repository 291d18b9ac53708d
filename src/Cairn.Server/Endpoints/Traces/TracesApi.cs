using Cairn.Apps;

namespace Cairn.Server;

/// <summary>The steps of answers with their times and scores: the caller's own, everybody's for who operates the workspace.</summary>
internal static class TracesApi
{
    public static void MapTracesApi(this IEndpointRouteBuilder api)
    {
        var traces = api.MapGroup("/traces").WithTags("operations");
        traces.MapGet("", ListAsync).WithSummary("Traces, newest first");
        traces.MapGet("/{id}", GetAsync).WithSummary("The steps of one answer");
    }

    private static async Task<TracesResponse> ListAsync(
        Principal caller, ITraces traces, CancellationToken cancellationToken, int take = 50)
        => new(await traces.ListAsync(caller, Math.Clamp(take, 1, 200), cancellationToken));

    private static Task<Trace> GetAsync(
        string id, Principal caller, ITraces traces, CancellationToken cancellationToken) => traces.GetAsync(caller, id, cancellationToken);
}
