using Cairn.Storage;

namespace Cairn.Server;

/// <summary>Whether this server can answer now: the database does, and searches see what was ingested.</summary>
internal sealed class Readiness(IDatabase database)
{
    /// <returns>null when ready; else what is missing.</returns>
    public async Task<string?> WhyNotAsync(CancellationToken cancellationToken)
    {
        try
        {
            await database.DescribeAsync(cancellationToken);
            return null;
        }
        catch (CairnException e)
        {
            return $"{e.Code}: {e.Message}";
        }
    }
}
