namespace Cairn.Apps;

public interface ITraces
{
    /// <summary>A trace of the caller's own, or anybody's for a caller with <see cref="Right.Operate"/>.</summary>
    /// <exception cref="CairnException">No such trace, or none that this caller may see.</exception>
    Task<Trace> GetAsync(Principal caller, string id, CancellationToken cancellationToken);

    Task<IReadOnlyList<Trace>> ListAsync(Principal caller, int limit, CancellationToken cancellationToken);
}
