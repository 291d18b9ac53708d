using Cairn.Storage;

namespace Cairn.Models;

/// <summary>Which server has which parts of each limit. A lost row only makes a limit smaller for a while.</summary>
/// <param name="holder">This process.</param>
internal sealed class ShareStore(IDatabase database, string holder)
{
    private const string Drop = "DELETE FROM limit_shares WHERE expires < @now";

    private const string All = "SELECT limit_key AS Key, holder, parts, wanted, expires FROM limit_shares WHERE limit_key IN @keys";

    private const string Save =
        """
        INSERT INTO limit_shares (tenant, limit_key, holder, parts, wanted, expires) VALUES ('', @Key, @Holder, @Parts, @Wanted, @Expires)
        ON CONFLICT (tenant, limit_key, holder) DO UPDATE SET parts = @Parts, wanted = @Wanted, expires = @Expires
        """;

    /// <returns>What <see cref="ShareAsync"/> would give, so that what shrinks can shrink here before anybody is told.</returns>
    public Task<Dictionary<string, long>> PreviewAsync(IReadOnlyList<ShareAsk> asks, long turn, CancellationToken cancellationToken)
        => database.ReadAsync(async session => (await NextAsync(session, asks, default, turn)).ToDictionary(r => r.Key, r => r.Parts),
            cancellationToken);

    /// <returns>My parts of each limit.</returns>
    public Task<Dictionary<string, long>> ShareAsync(
        IReadOnlyList<ShareAsk> asks, DateTimeOffset now, DateTimeOffset expires, long turn, CancellationToken cancellationToken)
        => database.WriteAsync(Durability.Derived, async session =>
        {
            await session.ExecuteAsync(Drop, new { now = now.ToUnixTimeMilliseconds() });
            var mine = await NextAsync(session, asks, expires, turn);
            await session.ExecuteManyAsync(Save, mine);
            return mine.ToDictionary(r => r.Key, r => r.Parts);
        }, cancellationToken);

    private async Task<ShareRow[]> NextAsync(Session session, IReadOnlyList<ShareAsk> asks, DateTimeOffset expires, long turn)
    {
        var rows = (await session.QueryAsync<ShareRow>(All, new { keys = asks.Select(a => a.Key).ToArray() })).ToLookup(r => r.Key);
        return
        [
            .. asks.Select(ask =>
            {
                var known = rows[ask.Key].FirstOrDefault(r => r.Holder == holder) ?? new ShareRow { Key = ask.Key, Holder = holder };
                var row = known with { Wanted = ask.Wanted, Expires = expires.ToUnixTimeMilliseconds() };
                return row with { Parts = ShareOut.Next(ask.Parts, row, ask.Filled, [.. rows[ask.Key].Where(r => r.Holder != holder)],
                    turn) };
            }),
        ];
    }
}
