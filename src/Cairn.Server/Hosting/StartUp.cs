using Cairn.Identity;
using Cairn.Storage;

namespace Cairn.Server;

/// <summary>What happens between building the host and listening: open and migrate the database, make sure that there is an owner.</summary>
internal sealed class StartUp(CairnHostOptions options, IDatabase database, IOwnership ownership)
{
    /// <returns>The owner's sign-in link, as long as no owner has signed in and there is a port to use it at.</returns>
    public async Task<SignInLink?> RunAsync(CancellationToken cancellationToken)
    {
        await database.OpenAsync(cancellationToken);
        return await ownership.EnsureOwnerAsync(Tenants.Default, link: options.Port is not null, cancellationToken);
    }
}
