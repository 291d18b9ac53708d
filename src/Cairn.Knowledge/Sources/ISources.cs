namespace Cairn.Knowledge;

public interface ISources
{
    /// <summary>
    /// Takes over what <c>cairn.yaml</c> declares; called at start. Removed declarations remove their documents' visibility, not their
    /// rows.
    /// </summary>
    Task DeclareAsync(string tenant, IReadOnlyList<SourceDeclaration> sources, CancellationToken cancellationToken);

    Task<IReadOnlyList<SourceSummary>> ListAsync(Principal caller, CancellationToken cancellationToken);
}
