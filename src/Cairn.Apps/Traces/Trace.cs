using System.Collections.Immutable;

namespace Cairn.Apps;

/// <summary>A stored trace: the root first, children after their parents.</summary>
public sealed record Trace(string Id, string App, string? User, DateTimeOffset Started, ImmutableArray<Span> Spans)
{
    /// <summary>Each span after its parent, siblings by start; one whose parent was not kept hangs on the root.</summary>
    internal static ImmutableArray<Span> InOrder(IReadOnlyCollection<Span> spans)
    {
        var known = spans.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        var root = spans.FirstOrDefault(s => s.Parent is null)?.Id;
        var children = spans.ToLookup(s => s.Parent is null || known.Contains(s.Parent) ? s.Parent : root);
        var ordered = ImmutableArray.CreateBuilder<Span>(spans.Count);
        Visit(null);
        return ordered.ToImmutable();

        void Visit(string? parent)
        {
            foreach (var span in children[parent].OrderBy(s => s.Start).ThenBy(s => s.Id, StringComparer.Ordinal))
            {
                ordered.Add(span);
                Visit(span.Id);
            }
        }
    }
}
