namespace Cairn.Storage;

/// <summary>Says which engine runs, in which version, and whether it answers.</summary>
internal sealed class StorageCheck(IDatabase database) : IDoctorCheck
{
    public int Order => 100;

    public async Task<IReadOnlyList<DoctorFinding>> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await database.OpenAsync(cancellationToken);
            var found = await database.DescribeAsync(cancellationToken);
            var name = found.Engine == DatabaseEngine.Sqlite ? "SQLite" : "PostgreSQL";
            return [new("database", found.Warning is null ? DoctorStatus.Ok : DoctorStatus.Warning,
                $"{name} {found.Version} at {found.Location}. {found.Warning}".TrimEnd(), found.Fix)];
        }
        catch (CairnException error)
        {
            return [new("database", DoctorStatus.Failed, error.Message, error.Fix)];
        }
    }
}
