namespace Cairn.Identity.Tests;

public sealed class MembershipTests
{
    [Fact]
    public void Groups_in_groups_expand_to_all_of_them()
    {
        var membership = new Membership([("crew", "user:ann"), ("harbour", "group:crew"), ("company", "group:harbour"),
            ("legal", "user:bob")]);

        Assert.Equal(["company", "crew", "harbour"], membership.All("user:ann").Order());
        Assert.Equal(["crew"], membership.Direct("user:ann"));
        Assert.Empty(membership.All("user:eve"));
    }

    [Fact]
    public void A_cycle_that_exists_all_the_same_ends_the_walk()
    {
        var membership = new Membership([("a", "group:b"), ("b", "group:a"), ("a", "user:ann")]);

        Assert.Equal(["a", "b"], membership.All("user:ann").Order());
    }

    /// <summary>
    /// Over random acyclic graphs: expansion equals reachability by brute force, and an edge is refused exactly when it closes a circle.
    /// </summary>
    [Fact]
    public void Expansion_and_cycle_refusal_agree_with_brute_force()
    {
        var random = new Random(20260105);
        for (var round = 0; round < 300; round++)
        {
            var size = random.Next(2, 9);
            var edges = new List<(string Group, string Member)>();
            for (var attempt = 0; attempt < size * 3; attempt++)
            {
                var (group, member) = ($"g{random.Next(size)}", $"g{random.Next(size)}");
                var cycles = group == member || Reaches(edges, container: member, contained: group);
                Assert.Equal(cycles, new Membership(edges).WouldCycle(group, ["group:" + member]));
                if (!cycles)
                    edges.Add((group, "group:" + member));
            }
            var users = edges.Append(($"g{random.Next(size)}", "user:ann")).ToList();
            var expected = Enumerable.Range(0, size).Select(i => $"g{i}").Where(g => Contains(users, g, "user:ann")).ToHashSet();
            Assert.Equal(expected.Order(), new Membership(users).All("user:ann").Order());
        }
    }

    private static bool Reaches(List<(string Group, string Member)> edges, string container, string contained)
        => container == contained || Contains(edges, container, "group:" + contained);

    private static bool Contains(List<(string Group, string Member)> edges, string group, string subject)
        => edges.Any(e => e.Group == group
            && (e.Member == subject
                || (e.Member.StartsWith("group:", StringComparison.Ordinal) && Contains(edges, e.Member[6..], subject))));
}
