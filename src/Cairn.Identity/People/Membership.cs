using System.Collections.Immutable;

namespace Cairn.Identity;

/// <summary>Groups in groups as a graph: who contains whom. Pure; read it from one snapshot of the database.</summary>
internal sealed class Membership
{
    private readonly Dictionary<string, List<string>> _groupsOf = new(StringComparer.Ordinal);

    /// <param name="members">Pairs of a group's name and a member's subject (<c>user:N</c> or <c>group:N</c>).</param>
    public Membership(IEnumerable<(string Group, string Member)> members)
    {
        foreach (var (group, member) in members)
        {
            if (!_groupsOf.TryGetValue(member, out var groups))
                _groupsOf[member] = groups = [];
            groups.Add(group);
        }
    }

    /// <summary>The groups that the subject is in directly.</summary>
    public ImmutableArray<string> Direct(string subject)
        => _groupsOf.TryGetValue(subject, out var groups) ? [.. groups.Order(StringComparer.Ordinal)] : [];

    /// <summary>Every group that the subject is in, directly or through another group. A cycle, should one exist, ends the walk.</summary>
    public ImmutableHashSet<string> All(string subject)
    {
        var found = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        var open = new Stack<string>([subject]);
        while (open.TryPop(out var current))
        {
            foreach (var group in Direct(current))
            {
                if (found.Add(group))
                    open.Push(Subject.ForGroup(group));
            }
        }
        return found.ToImmutable();
    }

    /// <summary>
    /// Whether <paramref name="group"/> would contain itself with these members: one of them is the group or already contains it.
    /// </summary>
    public bool WouldCycle(string group, IEnumerable<string> members)
    {
        var around = All(Subject.ForGroup(group)).Add(group);
        return members.Any(m => m.StartsWith("group:", StringComparison.Ordinal) && around.Contains(m["group:".Length..]));
    }
}
