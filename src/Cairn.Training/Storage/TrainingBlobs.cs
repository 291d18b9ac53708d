using Cairn.Storage;

namespace Cairn.Training;

/// <summary>The data that experiments learn from, the files they made, and models.</summary>
internal sealed class TrainingBlobs : IBlobReferences
{
    public async Task<IReadOnlyList<string>> AmongAsync(Session session, IReadOnlyList<string> hashes)
    {
        var used = await session.QueryAsync<string>(
            "SELECT data_hash FROM experiments WHERE data_hash IN @hashes UNION SELECT blob FROM model_versions WHERE blob IN @hashes",
            new { hashes });
        var open = hashes.Except(used, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        var found = new List<string>(used);
        // Artefacts stand inside an outcome's JSON, so the outcomes are gone through.
        foreach (var outcome in await session.QueryAsync<string>("SELECT outcome FROM experiments WHERE outcome IS NOT NULL"))
        {
            found.AddRange(open.Where(h => outcome.Contains(h, StringComparison.Ordinal)));
            open.ExceptWith(found);
        }
        return found;
    }
}
