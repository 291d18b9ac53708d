namespace Cairn.Apps.Tests;

internal sealed class FakeRetriever : IRetriever
{
    public Retrieval Evidence { get; set; } = Papers.Retrieval(Papers.Passage("mooring", Papers.Mooring, start: 100,
        title: "Mooring rules"), Papers.Passage("tariff", Papers.Tariff, title: "Tariff"));

    public List<(Principal Caller, RetrievalQuery Query)> Asked { get; } = [];

    public Task<Retrieval> RetrieveAsync(Principal caller, RetrievalQuery query, CancellationToken cancellationToken)
    {
        Asked.Add((caller, query));
        using var step = CairnTracing.Source.StartActivity(Steps.Search);
        return Task.FromResult(Evidence);
    }
}
