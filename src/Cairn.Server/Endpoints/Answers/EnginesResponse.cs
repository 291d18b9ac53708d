using Cairn.Models;

namespace Cairn.Server;

/// <summary>
/// What can answer, best first; the extractive floor always can. What is missing or was found is told to who operates the workspace.
/// </summary>
internal sealed record EnginesResponse
{
    public string Floor { get; init; } = "extractive";

    public required IReadOnlyList<RouteStatus> Routes { get; init; }

    /// <summary>Declared providers that are not there, with why.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Keys and an Ollama that this machine offers, with what to add to <c>cairn.yaml</c>.</summary>
    public required IReadOnlyList<FoundProvider> Found { get; init; }
}
