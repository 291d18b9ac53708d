namespace Cairn.Knowledge;

/// <summary>How far the index has followed the change feed; for whoever wants to read their own writes.</summary>
public interface IIndexProgress
{
    /// <summary>Sequence number of the newest change that searches see.</summary>
    long Position { get; }

    /// <summary>Returns when searches see every change up to and including <paramref name="sequence"/>.</summary>
    /// <exception cref="CairnException">The index cannot follow (a full disk, a database that does not answer); the last error is
    /// inside.</exception>
    Task WaitUntilAsync(long sequence, CancellationToken cancellationToken);
}
