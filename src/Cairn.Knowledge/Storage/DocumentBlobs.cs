using Cairn.Storage;

namespace Cairn.Knowledge;

/// <summary>Originals that are too large for the database, and page images.</summary>
internal sealed class DocumentBlobs : IBlobReferences
{
    public Task<IReadOnlyList<string>> AmongAsync(Session session, IReadOnlyList<string> hashes)
        => session.QueryAsync<string>(
            "SELECT hash FROM original WHERE hash IN @hashes AND content IS NULL UNION SELECT blob FROM page_image WHERE blob IN @hashes",
            new { hashes });
}
