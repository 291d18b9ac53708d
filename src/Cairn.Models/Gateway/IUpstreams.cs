namespace Cairn.Models;

/// <summary>
/// The models of the workspace's providers, by name. Asking costs a look-up, so ask for each call: a changed key holds within a second.
/// </summary>
public interface IUpstreams
{
    /// <exception cref="ProviderFailureException"><c>provider.missing</c>: no such provider, or its key or address is not
    /// there.</exception>
    IUpstream Open(ModelName model);
}
