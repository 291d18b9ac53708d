namespace Cairn.Bench;

/// <summary>A search engine under measurement. Passages are known by their place in the list.</summary>
internal interface ISearchPeer : IDisposable
{
    string Name { get; }

    BuildFigures Build(IReadOnlyList<string> passages);

    /// <summary>The best passages, best first, and the milliseconds that the engine itself took.</summary>
    Found Search(string question, int top);
}
