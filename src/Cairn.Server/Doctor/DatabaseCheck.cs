using Cairn.Storage;

namespace Cairn.Server;

/// <summary>Which database serves, and which library or server runs it.</summary>
internal sealed class DatabaseCheck(IDatabase database) : IDoctorCheck
{
    public int Order => 100;

    public async Task<IReadOnlyList<DoctorFinding>> CheckAsync(CancellationToken cancellationToken)
    {
        var found = await database.DescribeAsync(cancellationToken);
        var engine = found.Engine == DatabaseEngine.Sqlite ? "SQLite" : "PostgreSQL";
        return [new("database", found.Warning is null ? DoctorStatus.Ok : DoctorStatus.Warning, $"{engine} {found.Version} at {found.Location}", found.Warning)];
    }
}
