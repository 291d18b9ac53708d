using Cairn.Storage;
using Cairn.Testing;

namespace Cairn.Identity.Tests;

public sealed class PeopleTests
{
    [Theory, Engines]
    public async Task Groups_named_when_adding_a_user_are_made(DatabaseEngine engine)
    {
        await using var identity = await IdentityFixture.OpenAsync(engine);

        var ann = await identity.AddAsync("ann", "legal", "berths");

        Assert.Equal(["berths", "legal"], ann.Groups);
        Assert.Equal([Roles.Member], ann.Roles);
        Assert.Null(ann.SignedIn);
        var groups = await identity.People.GroupsAsync(IdentityFixture.Owner, CancellationToken.None);
        Assert.Equal([("berths", "user:ann"), ("legal", "user:ann")], groups.Select(g => (g.Name, g.Members.Single())));
        Assert.Equal(["ann", "owner"],
            (await identity.People.UsersAsync(IdentityFixture.Owner, CancellationToken.None)).Select(u => u.Name));
    }

    [Theory, Engines]
    public async Task A_name_is_taken_in_every_case(DatabaseEngine engine)
    {
        await using var identity = await IdentityFixture.OpenAsync(engine);
        await identity.AddAsync("ann");

        Assert.Equal("user.exists", (await Assert.ThrowsAsync<CairnException>(() => identity.AddAsync("Ann"))).Code);
        Assert.Equal("user.exists", (await Assert.ThrowsAsync<CairnException>(() => identity.AddAsync("ann"))).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("ann,bob")]
    [InlineData("ann|x")]
    [InlineData("!ann")]
    [InlineData("../ann")]
    [InlineData("ann\n")]
    public async Task A_name_that_no_rule_could_name_is_refused(string name)
    {
        await using var identity = await IdentityFixture.OpenAsync(DatabaseEngine.Sqlite);

        Assert.Equal("user.name", (await Assert.ThrowsAsync<CairnException>(() => identity.AddAsync(name))).Code);
        Assert.Equal("group.name", (await Assert.ThrowsAsync<CairnException>(() => identity.AddAsync("ann", name))).Code);
        Assert.Null(await identity.ResolveAsync("ann"));
    }

    [Theory, Engines]
    public async Task A_group_never_contains_itself(DatabaseEngine engine)
    {
        await using var identity = await IdentityFixture.OpenAsync(engine);
        await identity.SetAsync("crew");
        await identity.SetAsync("harbour", "group:crew");
        await identity.SetAsync("company", "group:harbour");

        Assert.Equal("group.cycle", (await Assert.ThrowsAsync<CairnException>(() => identity.SetAsync("crew", "group:company"))).Code);
        Assert.Equal("group.cycle", (await Assert.ThrowsAsync<CairnException>(() => identity.SetAsync("crew", "group:crew"))).Code);
        Assert.Equal("group.member", (await Assert.ThrowsAsync<CairnException>(() => identity.SetAsync("crew", "user:nobody"))).Code);
    }

    [Theory, Engines]
    public async Task Only_the_owner_changes_people(DatabaseEngine engine)
    {
        await using var identity = await IdentityFixture.OpenAsync(engine);
        await identity.AddAsync("ann");
        var ann = (await identity.ResolveAsync("ann"))!;

        foreach (var change in new Func<Task>[]
        {
            () => identity.People.AddUserAsync(ann, "eve", [], [Roles.Owner], CancellationToken.None),
            () => identity.People.RestoreUserAsync(ann, "eve", [], [Roles.Owner], CancellationToken.None),
            () => identity.People.SetRolesAsync(ann, "ann", [Roles.Owner], CancellationToken.None),
            () => identity.People.SetGroupsAsync(ann, "ann", ["hr"], CancellationToken.None),
            () => identity.People.SetMembersAsync(ann, "hr", ["user:ann"], CancellationToken.None),
            () => identity.People.RemoveUserAsync(ann, "owner", CancellationToken.None),
            () => identity.People.UsersAsync(ann, CancellationToken.None),
            () => identity.People.GroupsAsync(ann, CancellationToken.None),
            () => identity.Links.CreateAsync(ann, "owner", CancellationToken.None),
            () => identity.Keys.CreateAsync(ann, "owner", CancellationToken.None),
        })
        {
            Assert.Equal(ErrorKind.NotPermitted, (await Assert.ThrowsAsync<CairnException>(change)).Kind);
        }
    }

    [Theory, Engines]
    public async Task Somebody_always_owns_the_workspace(DatabaseEngine engine)
    {
        await using var identity = await IdentityFixture.OpenAsync(engine);
        await identity.AddAsync("ann");

        Assert.Equal("owner.last",
            (await Assert.ThrowsAsync<CairnException>(() => identity.People.RemoveUserAsync(IdentityFixture.Owner, "owner",
                CancellationToken.None))).Code);
        Assert.Equal("owner.last",
            (await Assert.ThrowsAsync<CairnException>(() => identity.People.SetRolesAsync(IdentityFixture.Owner, "owner", [Roles.Member],
                CancellationToken.None))).Code);
        Assert.True((await identity.ResolveAsync("owner"))!.IsOwner);

        await identity.People.SetRolesAsync(IdentityFixture.Owner, "ann", [Roles.Owner], CancellationToken.None);
        await identity.People.RemoveUserAsync(IdentityFixture.Owner, "owner", CancellationToken.None);
        Assert.True((await identity.ResolveAsync("ann"))!.IsOwner);
    }

    [Theory, Engines]
    public async Task A_removed_user_loses_sessions_keys_links_and_groups_at_once(DatabaseEngine engine)
    {
        await using var identity = await IdentityFixture.OpenAsync(engine);
        await identity.AddAsync("ann", "legal");
        var session = await identity.Links.RedeemAsync((await identity.Links.CreateAsync(IdentityFixture.Owner, "ann",
            CancellationToken.None)).Token, CancellationToken.None);
        var key = await identity.Keys.CreateAsync(IdentityFixture.Owner, "ann", CancellationToken.None);
        var link = await identity.Links.CreateAsync(IdentityFixture.Owner, "ann", CancellationToken.None);

        await identity.People.RemoveUserAsync(IdentityFixture.Owner, "ann", CancellationToken.None);

        Assert.Null(await identity.ResolveAsync("ann"));
        Assert.Null(await identity.Sessions.AuthenticateAsync(session.Token, CancellationToken.None));
        Assert.Null(await identity.Keys.AuthenticateAsync(key.Key, CancellationToken.None));
        await Assert.ThrowsAsync<CairnException>(() => identity.Links.RedeemAsync(link.Token, CancellationToken.None));

        await identity.RestoreAsync("ann");
        Assert.Empty((await identity.ResolveAsync("ann"))!.Groups);
        Assert.Null(await identity.Sessions.AuthenticateAsync(session.Token, CancellationToken.None));
        Assert.Null(await identity.Keys.AuthenticateAsync(key.Key, CancellationToken.None));
        await Assert.ThrowsAsync<CairnException>(() => identity.Links.RedeemAsync(link.Token, CancellationToken.None));
    }

    [Theory, Engines]
    public async Task A_removed_user_s_name_is_given_to_nobody_new(DatabaseEngine engine)
    {
        await using var identity = await IdentityFixture.OpenAsync(engine);
        await identity.AddAsync("ann");
        await identity.People.RemoveUserAsync(IdentityFixture.Owner, "ann", CancellationToken.None);

        foreach (var name in new[] { "ann", "Ann" })
        {
            var refused = await Assert.ThrowsAsync<CairnException>(() => identity.AddAsync(name));
            Assert.Equal((ErrorKind.Conflict, "user.removed"), (refused.Kind, refused.Code));
            Assert.Contains("cairn user add ann --restore", refused.Fix);
        }
        Assert.Null(await identity.ResolveAsync("ann"));
        Assert.Null(await identity.ResolveAsync("Ann"));
    }

    [Theory, Engines]
    public async Task A_removed_user_comes_back_with_the_groups_and_roles_now_given(DatabaseEngine engine)
    {
        await using var identity = await IdentityFixture.OpenAsync(engine);
        var before = await identity.AddAsync("ann", "legal");
        await identity.People.SetRolesAsync(IdentityFixture.Owner, "ann", [Roles.Owner], CancellationToken.None);
        await identity.People.RemoveUserAsync(IdentityFixture.Owner, "ann", CancellationToken.None);
        identity.Time.Advance(TimeSpan.FromDays(1));

        var back = await identity.RestoreAsync("Ann", "berths");

        Assert.Equal(("ann", before.Created), (back.Name, back.Created));
        Assert.Equal([Roles.Member], back.Roles);
        Assert.Equal(["berths"], (await identity.ResolveAsync("ann"))!.Groups);
    }

    [Theory, Engines]
    public async Task Only_who_was_removed_can_be_restored(DatabaseEngine engine)
    {
        await using var identity = await IdentityFixture.OpenAsync(engine);
        await identity.AddAsync("ann");

        Assert.Equal("user.exists", (await Assert.ThrowsAsync<CairnException>(() => identity.RestoreAsync("ann"))).Code);
        Assert.Equal("user.unknown", (await Assert.ThrowsAsync<CairnException>(() => identity.RestoreAsync("bob"))).Code);
        Assert.Null(await identity.ResolveAsync("bob"));
    }

    [Theory, Engines]
    public async Task A_key_that_outlived_a_removal_does_not_wake_up_when_the_user_returns(DatabaseEngine engine)
    {
        await using var identity = await IdentityFixture.OpenAsync(engine);
        await identity.AddAsync("ann");
        await identity.People.RemoveUserAsync(IdentityFixture.Owner, "ann", CancellationToken.None);
        // As a call to make a key leaves it that read the user before the removal and wrote after it.
        var secret = Secret.New(identity.Identifiers, out var text);
        await identity.Database.WriteAsync(Durability.Full, async session =>
        {
            await CredentialStore.AddKeyAsync(session, secret, Tenants.Default, "ann", 0);
            return true;
        }, CancellationToken.None);

        await identity.RestoreAsync("ann");

        Assert.Null(await identity.Keys.AuthenticateAsync(Keys.Mark + text, CancellationToken.None));
    }
}
