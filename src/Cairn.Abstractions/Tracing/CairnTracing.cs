using System.Diagnostics;

namespace Cairn.Abstractions;

/// <summary>
/// Every step of the way of a question is an <see cref="Activity"/> of <see cref="Source"/>, named by <see cref="Steps"/>. Sizes, scores,
/// tokens and cost are tags; texts are not.
/// </summary>
public static class CairnTracing
{
    public const string SourceName = "Cairn";

    public static ActivitySource Source { get; } = new(SourceName);
}
