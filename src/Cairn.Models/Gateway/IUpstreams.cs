namespace Cairn.Models;

/// <summary>The models of the workspace's providers, by name. What it gives may be kept as long as the process: keys are read at each call.</summary>
public interface IUpstreams
{
    /// <exception cref="ProviderFailureException"><c>provider.missing</c>: no such provider, or its key or address is not there.</exception>
    IUpstream Open(ModelName model);
}
