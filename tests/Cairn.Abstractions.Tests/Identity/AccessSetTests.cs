using System.Collections.Immutable;

namespace Cairn.Abstractions.Tests;

public sealed class AccessSetTests
{
    private static readonly string[] Subjects = ["public", "everyone", "group:a", "group:b", "user:ann", "user:bob", "role:builder"];

    [Fact]
    public void A_key_reads_back_as_the_set_it_was_made_of()
    {
        var random = new Random(17);
        for (var i = 0; i < 500; i++)
        {
            var set = Any(random);
            Assert.Equal(set, AccessSet.Parse(set.Key));
            var caller = Caller(random);
            Assert.Equal(set.Allows(caller), AccessSet.Parse(set.Key).Allows(caller));
        }
    }

    [Fact]
    public void Another_layer_never_lets_anybody_in()
    {
        var random = new Random(18);
        for (var i = 0; i < 500; i++)
        {
            var (set, caller) = (Any(random), Caller(random));
            var narrowed = set.Narrow(List(random));
            Assert.True(set.Allows(caller) || !narrowed.Allows(caller));
        }
    }

    [Fact]
    public void Deny_wins_over_allow()
    {
        var list = new AccessList { Allow = ["everyone", "group:a"], Deny = ["user:ann"] };
        Assert.False(list.Allows(new Principal { Tenant = Tenants.Default, User = "ann", Groups = ["a"] }));
        Assert.True(list.Allows(new Principal { Tenant = Tenants.Default, User = "bob" }));
    }

    [Fact]
    public void What_nothing_matched_is_for_the_owner_only()
    {
        Assert.True(AccessSet.OwnerOnly.Allows(Principal.Owner()));
        Assert.False(AccessSet.OwnerOnly.Allows(new Principal { Tenant = Tenants.Default, User = "ann", Roles = [Roles.Builder] }));
    }

    [Fact]
    public void A_visitor_is_public_and_not_everyone()
    {
        Assert.False(AccessSet.Everyone.Allows(Principal.Visitor()));
        Assert.Equal(["public"], Principal.Visitor().Subjects);
    }

    [Fact]
    public void A_changed_principal_answers_to_its_new_groups()
    {
        var ann = new Principal { Tenant = Tenants.Default, User = "ann", Groups = ["a"] };
        Assert.Contains("group:a", ann.Subjects);
        Assert.DoesNotContain("group:a", (ann with { Groups = [] }).Subjects);
    }

    private static AccessSet Any(Random random) => new() { Layers = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => List(random))] };

    private static AccessList List(Random random) => new() { Allow = Some(random), Deny = Some(random) };

    private static ImmutableArray<string> Some(Random random)
        => [.. Subjects.Where(_ => random.Next(3) == 0).Order(StringComparer.Ordinal)];

    private static Principal Caller(Random random) => new()
    {
        Tenant = Tenants.Default,
        User = random.Next(4) switch { 0 => null, 1 => "ann", 2 => "bob", _ => "eve" },
        Groups = [.. new[] { "a", "b" }.Where(_ => random.Next(2) == 0)],
        Roles = random.Next(8) == 0 ? [Roles.Owner] : [],
    };
}
