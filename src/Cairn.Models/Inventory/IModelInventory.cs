namespace Cairn.Models;

/// <summary>What there is to call, what is known of it, and how it does: for <c>cairn models list</c> and the models page.</summary>
public interface IModelInventory
{
    IReadOnlyList<InventoryProvider> Providers();

    /// <summary>Every model that a route names or that somebody has called since the process began.</summary>
    IReadOnlyList<InventoryModel> Models();

    /// <summary>
    /// Where a key that is given for a name belongs: the secret that the declared provider's key refers to, else a secret of that name.
    /// </summary>
    /// <exception cref="CairnException">The provider takes its key from elsewhere (<c>secret.elsewhere</c>).</exception>
    KeyPlace PlaceForKey(string provider);

    /// <summary>
    /// A known service that is not declared, as a provider whose key is the stored secret of its name; null for any other name.
    /// </summary>
    ProviderSnippet? Addable(string provider);
}
