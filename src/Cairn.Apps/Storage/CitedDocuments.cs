using Cairn.Knowledge;
using Cairn.Storage;

namespace Cairn.Apps;

/// <summary>
/// Which documents a user's saved answers cite: their later loss is then told as a loss, not as a document that never was.
/// </summary>
internal sealed class CitedDocuments(IDatabase database) : ICitedDocuments
{
    public const string Insert =
        "INSERT INTO cited_documents (tenant, owner, document) VALUES (@tenant, @owner, @document) ON CONFLICT DO NOTHING";

    private const string Select = "SELECT document FROM cited_documents WHERE tenant = @tenant AND owner = @owner AND document = @document";

    public async Task<bool> WasCitedToAsync(Principal caller, string document, CancellationToken cancellationToken)
        => caller.User is { } owner
           && await database.ReadAsync(session => session.FindAsync<string>(Select, new { tenant = caller.Tenant, owner, document }),
               cancellationToken) is not null;
}
