using Cairn.Storage;
using Cairn.Testing;

namespace Cairn.Identity.Tests;

public sealed class SignInTests
{
    [Theory, Engines]
    public async Task The_first_start_makes_an_owner_who_signs_in_once_by_the_link(DatabaseEngine engine)
    {
        await using var identity = await IdentityFixture.OpenAsync(engine);
        var link = await identity.Ownership.EnsureOwnerAsync(Tenants.Default, link: true, CancellationToken.None);

        var session = await identity.Links.RedeemAsync(link!.Token, CancellationToken.None);

        Assert.True((await identity.Sessions.AuthenticateAsync(session.Token, CancellationToken.None))!.IsOwner);
        Assert.Null(await identity.Ownership.EnsureOwnerAsync(Tenants.Default, link: true, CancellationToken.None));
        Assert.Equal("link.used",
            (await Assert.ThrowsAsync<CairnException>(() => identity.Links.RedeemAsync(link.Token, CancellationToken.None))).Code);
    }

    [Theory, Engines]
    public async Task Until_the_owner_has_signed_in_each_start_gives_a_new_link_and_ends_the_old(DatabaseEngine engine)
    {
        await using var identity = await IdentityFixture.OpenAsync(engine);
        var first = await identity.Ownership.EnsureOwnerAsync(Tenants.Default, link: true, CancellationToken.None);
        var second = await identity.Ownership.EnsureOwnerAsync(Tenants.Default, link: true, CancellationToken.None);

        Assert.Equal("link.unknown",
            (await Assert.ThrowsAsync<CairnException>(() => identity.Links.RedeemAsync(first!.Token, CancellationToken.None))).Code);
        Assert.Equal("owner", await identity.Links.PeekAsync(second!.Token, CancellationToken.None));
    }

    [Theory, Engines]
    public async Task A_link_expires(DatabaseEngine engine)
    {
        await using var identity = await IdentityFixture.OpenAsync(engine);
        await identity.AddAsync("ann");
        var link = await identity.Links.CreateAsync(IdentityFixture.Owner, "ann", CancellationToken.None);

        identity.Time.Advance(SignInLinks.Lifetime);

        Assert.Null(await identity.Links.PeekAsync(link.Token, CancellationToken.None));
        Assert.Equal("link.expired",
            (await Assert.ThrowsAsync<CairnException>(() => identity.Links.RedeemAsync(link.Token, CancellationToken.None))).Code);
    }

    [Theory, Engines]
    public async Task Of_two_who_follow_a_link_at_once_one_gets_in(DatabaseEngine engine)
    {
        await using var identity = await IdentityFixture.OpenAsync(engine);
        var link = await identity.Links.CreateAsync(IdentityFixture.Owner, "owner", CancellationToken.None);

        var attempts = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                await identity.Links.RedeemAsync(link.Token, CancellationToken.None);
                return "in";
            }
            catch (CairnException e)
            {
                return e.Code;
            }
        }));

        Assert.Single(attempts, "in");
        Assert.Equal(7, attempts.Count(a => a == "link.used"));
    }

    [Theory, Engines]
    public async Task A_session_slides_with_use_and_ends_after_two_idle_weeks(DatabaseEngine engine)
    {
        await using var identity = await IdentityFixture.OpenAsync(engine);
        var session = await SignInAsync(identity);

        for (var week = 0; week < 3; week++)
        {
            identity.Time.Advance(TimeSpan.FromDays(7));
            Assert.NotNull(await identity.Sessions.AuthenticateAsync(session.Token, CancellationToken.None));
        }
        identity.Time.Advance(TimeSpan.FromDays(14));
        Assert.Null(await identity.Sessions.AuthenticateAsync(session.Token, CancellationToken.None));
    }

    [Theory, Engines]
    public async Task No_session_outlives_90_days(DatabaseEngine engine)
    {
        await using var identity = await IdentityFixture.OpenAsync(engine);
        var session = await SignInAsync(identity);

        for (var day = 0; day < 89; day += 10)
        {
            Assert.NotNull(await identity.Sessions.AuthenticateAsync(session.Token, CancellationToken.None));
            identity.Time.Advance(TimeSpan.FromDays(10));
        }
        Assert.Null(await identity.Sessions.AuthenticateAsync(session.Token, CancellationToken.None));
    }

    [Theory, Engines]
    public async Task Signing_out_ends_the_session_for_good(DatabaseEngine engine)
    {
        await using var identity = await IdentityFixture.OpenAsync(engine);
        var session = await SignInAsync(identity);
        var other = await SignInAsync(identity);

        await identity.Sessions.EndAsync(session.Token, CancellationToken.None);

        Assert.Null(await identity.Sessions.AuthenticateAsync(session.Token, CancellationToken.None));
        Assert.NotNull(await identity.Sessions.AuthenticateAsync(other.Token, CancellationToken.None));
    }

    private static async Task<NewSession> SignInAsync(IdentityFixture identity)
        => await identity.Links.RedeemAsync(
            (await identity.Links.CreateAsync(IdentityFixture.Owner, "owner", CancellationToken.None)).Token, CancellationToken.None);
}
