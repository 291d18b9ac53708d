using System.Data.Common;
using Dapper;

namespace Cairn.Storage;

/// <summary>A transaction that may change rows and append to the change feed.</summary>
public sealed class WriteSession(DatabaseEngine engine, DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
    : Session(engine, connection, transaction, cancellationToken)
{
    private readonly List<PendingChange> _changes = [];

    /// <summary>Changes announced in this transaction; the database numbers and writes them under the feed lock right before the commit.</summary>
    internal IReadOnlyList<PendingChange> Changes => _changes;

    /// <returns>How many rows changed.</returns>
    public Task<int> ExecuteAsync(string sql, object? parameters = null) => Connection.ExecuteAsync(Command(sql, parameters));

    /// <summary>Announces that an entity changed. Readers of the topic see changes in commit order, without holes.</summary>
    /// <param name="topic">For example <c>documents</c>.</param>
    /// <param name="entity">The identifier of what changed; the row itself is the truth.</param>
    public void Announce(string tenant, string topic, string entity) => _changes.Add(new(tenant, topic, entity));
}
