namespace Cairn.Work;

public interface IUpkeep
{
    /// <returns>The upkeep that ended last; null before the first.</returns>
    Task<Job?> LastAsync(CancellationToken cancellationToken);
}
