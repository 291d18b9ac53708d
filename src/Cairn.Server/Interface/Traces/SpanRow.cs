using System.Collections.Immutable;
using Cairn.Apps;

namespace Cairn.Server;

/// <summary>A step of a trace with how deep it lies and where its bar stands, in hundredths of the whole.</summary>
internal sealed record SpanRow(Span Span, int Depth, double Left, double Width)
{
    /// <summary>A bar is never so short that it can't be seen.</summary>
    private const double Least = .6;

    public static ImmutableArray<SpanRow> Of(Trace trace)
    {
        var depths = new Dictionary<string, int>(StringComparer.Ordinal);
        var whole = Math.Max(1e-6, trace.Spans.IsEmpty ? 0 : trace.Spans.Max(s => s.Start + s.Milliseconds));
        var rows = ImmutableArray.CreateBuilder<SpanRow>(trace.Spans.Length);
        foreach (var span in trace.Spans)
        {
            var depth = span.Parent is not null && depths.TryGetValue(span.Parent, out var parent) ? parent + 1 : 0;
            depths[span.Id] = depth;
            var width = Math.Max(Least, span.Milliseconds / whole * 100);
            rows.Add(new SpanRow(span, Math.Min(depth, 5), Math.Clamp(span.Start / whole * 100, 0, 100 - width), width));
        }
        return rows.ToImmutable();
    }
}
