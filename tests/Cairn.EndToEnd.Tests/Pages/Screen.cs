using Microsoft.Playwright;

namespace Cairn.EndToEnd.Tests;

/// <summary>A page in one of its states: who looks, over which workspace, and how one gets there.</summary>
internal sealed record Screen(Func<IPage, Task> Open)
{
    public string? User { get; init; } = "anna";

    public bool Empty { get; init; }

    public bool Model { get; init; }

    /// <summary>An ingestion runs.</summary>
    public bool Running { get; init; }

    /// <summary>The page itself answers with an error status.</summary>
    public bool Fails { get; init; }
}
