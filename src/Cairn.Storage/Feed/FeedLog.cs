namespace Cairn.Storage;

/// <summary>Numbers and writes the announced changes. The last thing a transaction does before it commits.</summary>
internal static class FeedLog
{
    /// <summary>PostgreSQL: name of the notification, and key of the advisory lock ("cairn" in ASCII).</summary>
    public const string Channel = "cairn_feed";

    // Identity numbers are handed out before the commit, and transactions commit out of order. Under this lock, which ends with the
    // transaction, whoever gets the smaller number also commits first, so no reader ever passes a hole.
    private const string Lock = "SELECT pg_advisory_xact_lock(426835601006)";

    private const string Append = "INSERT INTO feed_changes (tenant, topic, entity) VALUES (@Tenant, @Topic, @Entity)";

    private const string Notify = "SELECT pg_notify('" + Channel + "', '')";

    /// <returns>Whether there was anything to write.</returns>
    public static async Task<bool> AppendAsync(WriteSession session)
    {
        if (session.Changes.Count == 0)
            return false;
        if (session.Engine == DatabaseEngine.PostgreSql)
            await session.ExecuteAsync(Lock);
        await session.ExecuteManyAsync(Append, session.Changes);
        if (session.Engine == DatabaseEngine.PostgreSql)
            await session.ExecuteAsync(Notify);
        return true;
    }
}
