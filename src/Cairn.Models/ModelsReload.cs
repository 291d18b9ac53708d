namespace Cairn.Models;

internal sealed class ModelsReload(ModelsInForce inForce, ProviderClients clients, Targets targets, Router router, IModelCatalog? catalog)
    : IModelsReload
{
    private readonly Lock _lock = new();

    public void Use(ModelsDeclaration models)
    {
        lock (_lock)
        {
            var before = inForce.Now;
            try
            {
                Set(models);
            }
            catch
            {
                // Half of a change must not stay: routes to providers that are not there.
                Set(before);
                throw;
            }
        }
    }

    private void Set(ModelsDeclaration models)
    {
        inForce.Set(models);
        targets.Forget(clients.Replace(models));
        // Where a provider is says what its models cost.
        (catalog as ModelCatalog)?.Forget();
        router.Replace(models);
    }
}
