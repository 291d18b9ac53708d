using System.Collections.Immutable;

namespace Cairn.Apps;

/// <summary>One or more neighbouring sentences of a passage; the span is into the passage's text.</summary>
internal sealed record Unit(TextSpan Span, ImmutableHashSet<string> Terms, bool Denies)
{
    public Unit With(Unit next) => new(new(Span.Start, next.Span.End), Terms.Union(next.Terms), Denies || next.Denies);
}
