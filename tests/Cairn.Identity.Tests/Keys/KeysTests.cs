using Cairn.Storage;
using Cairn.Testing;

namespace Cairn.Identity.Tests;

public sealed class KeysTests
{
    [Theory, Engines]
    public async Task A_key_is_its_user_until_it_is_revoked(DatabaseEngine engine)
    {
        await using var identity = await IdentityFixture.OpenAsync(engine);
        await identity.AddAsync("ann", "legal");
        var key = await identity.Keys.CreateAsync(IdentityFixture.Owner, "ann", CancellationToken.None);

        var caller = await identity.Keys.AuthenticateAsync(key.Key, CancellationToken.None);
        Assert.Equal(("ann", "legal"), (caller!.User, caller.Groups.Single()));

        await identity.Keys.RevokeAsync(caller, key.Id, CancellationToken.None);
        Assert.Null(await identity.Keys.AuthenticateAsync(key.Key, CancellationToken.None));
        Assert.Empty(await identity.Keys.ListAsync(IdentityFixture.Owner, CancellationToken.None));
    }

    [Theory, Engines]
    public async Task The_database_never_holds_a_secret(DatabaseEngine engine)
    {
        await using var identity = await IdentityFixture.OpenAsync(engine);
        var key = await identity.Keys.CreateAsync(IdentityFixture.Owner, "owner", CancellationToken.None);
        var link = await identity.Links.CreateAsync(IdentityFixture.Owner, "owner", CancellationToken.None);
        var session = await identity.Links.RedeemAsync(link.Token, CancellationToken.None);

        var stored = await identity.Database.ReadAsync(async s => string.Join('\n',
            (await s.QueryAsync<string>("SELECT hash || ' ' || id || ' ' || user_name FROM api_keys"))
                .Concat(await s.QueryAsync<string>("SELECT hash || ' ' || id || ' ' || user_name FROM sign_in_links"))
                .Concat(await s.QueryAsync<string>("SELECT hash || ' ' || id || ' ' || user_name FROM sessions"))
                .Concat(await s.QueryAsync<string>("SELECT action || ' ' || subject || ' ' || detail FROM identity_events"))),
                CancellationToken.None);

        foreach (var secret in new[] { key.Key, link.Token, session.Token })
            Assert.DoesNotContain(secret[(secret.IndexOf('.', StringComparison.Ordinal) + 1)..], stored);
    }

    [Theory]
    [InlineData("")]
    [InlineData("cairn_")]
    [InlineData("Bearer")]
    [InlineData("cairn_00000000000000000000000001.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("cairn_'; DROP TABLE api_keys; --")]
    public async Task What_is_no_key_is_nobody(string text)
    {
        await using var identity = await IdentityFixture.OpenAsync(DatabaseEngine.Sqlite);
        await identity.Keys.CreateAsync(IdentityFixture.Owner, "owner", CancellationToken.None);

        Assert.Null(await identity.Keys.AuthenticateAsync(text, CancellationToken.None));
    }

    [Theory, Engines]
    public async Task A_key_with_the_right_id_and_a_wrong_secret_is_nobody(DatabaseEngine engine)
    {
        await using var identity = await IdentityFixture.OpenAsync(engine);
        var one = await identity.Keys.CreateAsync(IdentityFixture.Owner, "owner", CancellationToken.None);
        var two = await identity.Keys.CreateAsync(IdentityFixture.Owner, "owner", CancellationToken.None);

        Assert.Null(await identity.Keys.AuthenticateAsync($"cairn_{one.Id}.{two.Key.Split('.')[1]}", CancellationToken.None));
    }

    [Theory, Engines]
    public async Task People_list_and_revoke_only_their_own_keys(DatabaseEngine engine)
    {
        await using var identity = await IdentityFixture.OpenAsync(engine);
        await identity.AddAsync("ann");
        var ann = (await identity.ResolveAsync("ann"))!;
        var owners = await identity.Keys.CreateAsync(IdentityFixture.Owner, "owner", CancellationToken.None);
        var own = await identity.Keys.CreateAsync(ann, "ann", CancellationToken.None);

        Assert.Equal([own.Id], (await identity.Keys.ListAsync(ann, CancellationToken.None)).Select(k => k.Id));
        Assert.Equal(2, (await identity.Keys.ListAsync(IdentityFixture.Owner, CancellationToken.None)).Count);
        Assert.Equal("key.unknown",
            (await Assert.ThrowsAsync<CairnException>(() => identity.Keys.RevokeAsync(ann, owners.Id, CancellationToken.None))).Code);
    }

    [Theory, Engines]
    public async Task The_last_use_is_on_record_to_the_minute(DatabaseEngine engine)
    {
        await using var identity = await IdentityFixture.OpenAsync(engine);
        var key = await identity.Keys.CreateAsync(IdentityFixture.Owner, "owner", CancellationToken.None);
        async Task<DateTimeOffset?> LastUsed()
            => (await identity.Keys.ListAsync(IdentityFixture.Owner, CancellationToken.None)).Single().LastUsed;
        Assert.Null(await LastUsed());

        var first = identity.Time.GetUtcNow();
        await identity.Keys.AuthenticateAsync(key.Key, CancellationToken.None);
        identity.Time.Advance(TimeSpan.FromSeconds(59));
        await identity.Keys.AuthenticateAsync(key.Key, CancellationToken.None);
        Assert.Equal(first, await LastUsed());

        identity.Time.Advance(TimeSpan.FromSeconds(1));
        await identity.Keys.AuthenticateAsync(key.Key, CancellationToken.None);
        Assert.Equal(identity.Time.GetUtcNow(), await LastUsed());
    }
}
