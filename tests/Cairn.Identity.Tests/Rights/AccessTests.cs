using Cairn.Storage;
using Cairn.Testing;

namespace Cairn.Identity.Tests;

public sealed class AccessTests
{
    [Theory, Engines]
    public async Task A_change_deep_in_groups_holds_from_the_next_call(DatabaseEngine engine)
    {
        await using var identity = await IdentityFixture.OpenAsync(engine);
        await identity.AddAsync("ann", "crew");
        await identity.SetAsync("harbour", "group:crew");
        Assert.Equal(["crew", "harbour"], (await identity.ResolveAsync("ann"))!.Groups.Order());

        await identity.SetAsync("harbour");
        Assert.Equal(["crew"], (await identity.ResolveAsync("ann"))!.Groups.Order());

        await identity.People.SetGroupsAsync(IdentityFixture.Owner, "ann", ["legal"], CancellationToken.None);
        Assert.Equal(["legal"], (await identity.ResolveAsync("ann"))!.Groups.Order());
    }

    [Theory, Engines]
    public async Task A_change_made_through_another_instance_is_seen_too(DatabaseEngine engine)
    {
        await using var identity = await IdentityFixture.OpenAsync(engine);
        await identity.AddAsync("ann");
        var other = new Access(identity.Database);
        Assert.Empty((await other.ResolveAsync(Tenants.Default, "ann", CancellationToken.None))!.Groups);

        await identity.SetAsync("hr", "user:ann");

        Assert.Equal(["hr"], (await other.ResolveAsync(Tenants.Default, "ann", CancellationToken.None))!.Groups);
    }

    [Theory, Engines]
    public async Task People_of_another_tenant_do_not_exist(DatabaseEngine engine)
    {
        await using var identity = await IdentityFixture.OpenAsync(engine);
        await identity.AddAsync("ann", "hr");

        Assert.Null(await identity.ResolveAsync("ann", tenant: "other"));
        Assert.Null(await identity.ResolveAsync("owner", tenant: "other"));
        Assert.Null(await identity.ResolveAsync("Ann"));
    }

    [Theory]
    [InlineData(Roles.Owner, true, true, true, true)]
    [InlineData(Roles.Builder, true, true, false, true)]
    [InlineData(Roles.Member, true, false, false, false)]
    public async Task Roles_give_these_rights(string role, bool use, bool ingest, bool manage, bool operate)
    {
        await using var identity = await IdentityFixture.OpenAsync(DatabaseEngine.Sqlite);
        await identity.People.AddUserAsync(IdentityFixture.Owner, "ann", [], [role], CancellationToken.None);
        var ann = (await identity.ResolveAsync("ann"))!;

        Assert.Equal((use, ingest, manage, operate),
            (identity.Access.May(ann, Right.Use), identity.Access.May(ann, Right.Ingest), identity.Access.May(ann, Right.ManagePeople),
                identity.Access.May(ann, Right.Operate)));
        Assert.Contains(Roles.Member, ann.Roles);
    }

    [Fact]
    public async Task A_visitor_has_no_right_at_all()
    {
        await using var identity = await IdentityFixture.OpenAsync(DatabaseEngine.Sqlite);
        var visitor = new Principal { Tenant = Tenants.Default };

        Assert.All(Enum.GetValues<Right>(), right => Assert.False(identity.Access.May(visitor, right)));
        Assert.False(identity.Access.MayRead(visitor, AccessSet.Everyone));
    }
}
