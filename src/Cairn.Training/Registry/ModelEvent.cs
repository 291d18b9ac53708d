using System.Collections.Immutable;

namespace Cairn.Training;

/// <summary>One change of what is live.</summary>
/// <param name="Kind"><c>promoted</c> or <c>rolled-back</c>.</param>
/// <param name="Version">The version that is live since.</param>
public sealed record ModelEvent(int Number, string Kind, int Version, string User, DateTimeOffset At)
{
    public const string Promoted = "promoted";
    public const string RolledBack = "rolled-back";

    /// <summary>The versions that were live, the last one now; a rollback takes the last one off.</summary>
    internal static ImmutableArray<int> Live(IEnumerable<ModelEvent> events)
    {
        var stack = ImmutableArray.CreateBuilder<int>();
        foreach (var happened in events)
        {
            if (happened.Kind == Promoted)
                stack.Add(happened.Version);
            else if (stack.Count > 0)
                stack.RemoveAt(stack.Count - 1);
        }
        return stack.ToImmutable();
    }
}
