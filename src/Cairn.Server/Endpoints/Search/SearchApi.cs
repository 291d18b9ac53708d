using Cairn.Knowledge;

namespace Cairn.Server;

/// <summary>Passages, without an answer.</summary>
internal static class SearchApi
{
    private const int LongestQuery = 4_000;

    public static void MapSearchApi(this IEndpointRouteBuilder api)
        => api.MapGet("/search", SearchAsync).WithTags("answers").WithSummary("Find passages that the caller may see");

    private static async Task<SearchResponse> SearchAsync(
        string? q, string? source, Principal caller, IRetriever retriever, ISources sources, CancellationToken cancellationToken,
        int top = 10, bool explain = false)
    {
        if (string.IsNullOrWhiteSpace(q))
            throw new CairnException(ErrorKind.Input, "query.empty", "There is nothing to look for.",
                "Give some words: cairn search \"storm surge berth\"");
        if (q.Length > LongestQuery)
            throw new CairnException(ErrorKind.TooLarge, "query.too-long",
                $"The query has {q.Length} characters; {LongestQuery} is the most.", "Shorten it to the words that matter.");
        if (top is < 1 or > 200)
            throw new CairnException(ErrorKind.Input, "query.top", $"{top} passages can't be asked for.", "Ask for 1 to 200: --top 10");
        if (source is not null)
            await SourceNames.RequireAsync(source, caller, sources, cancellationToken);
        var found = await retriever.RetrieveAsync(caller,
            new RetrievalQuery { Text = q, Sources = source is null ? null : [source], Top = top }, cancellationToken);
        return new SearchResponse
        {
            Passages = [.. found.Passages.Select(p => PassageResponse.Of(p, explain))],
            Documents = found.DocumentsVisible,
            Terms = found.Terms,
        };
    }
}
