namespace Cairn.Models;

/// <summary>
/// Looks for keys in the environment and an Ollama on its port. Nothing is used without being written into <c>cairn.yaml</c>.
/// </summary>
public interface IProviderDetection
{
    /// <summary>Takes at most half a second; what does not answer is not there.</summary>
    Task<IReadOnlyList<FoundProvider>> FindAsync(CancellationToken cancellationToken);
}
