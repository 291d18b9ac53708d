using Cairn.Apps;
using Cairn.Identity;
using Cairn.Knowledge;
using Cairn.Storage;

namespace Cairn.Server;

/// <summary>
/// What happens between building the host and listening: open and migrate the database, see to an owner, take over declared sources.
/// </summary>
internal sealed class StartUp(CairnHostOptions options, WorkspaceFile workspace, IDatabase database, IOwnership ownership, ISources sources)
{
    /// <returns>The owner's sign-in link, as long as no owner has signed in and there is a port to use it at.</returns>
    public async Task<SignInLink?> RunAsync(CancellationToken cancellationToken)
    {
        await database.OpenAsync(cancellationToken);
        var link = await ownership.EnsureOwnerAsync(Tenants.Default, link: options.Port is not null, cancellationToken);
        await sources.DeclareAsync(Tenants.Default, workspace.Sources, cancellationToken);
        return link;
    }
}
