namespace Cairn.Work;

/// <summary>
/// Something of a module that would grow for ever and is cut back once a day. It may be killed at any point and begin anew, and others
/// write meanwhile: it removes only what nobody can miss any more.
/// </summary>
public interface IUpkeepTask
{
    /// <summary>What it removes, as the report names it: <c>jobs</c>, <c>blobs</c>.</summary>
    string Name { get; }

    /// <returns>How many it removed.</returns>
    Task<long> RunAsync(CancellationToken cancellationToken);
}
