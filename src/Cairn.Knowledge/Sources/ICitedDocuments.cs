namespace Cairn.Knowledge;

/// <summary>Knows which documents the answers of a caller refer to; whoever keeps answers registers one.</summary>
public interface ICitedDocuments
{
    Task<bool> WasCitedToAsync(Principal caller, string document, CancellationToken cancellationToken);
}
