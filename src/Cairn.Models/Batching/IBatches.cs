namespace Cairn.Models;

/// <summary>
/// Offline calls, as OpenAI's batch API has them (https://platform.openai.com/docs/api-reference/batch): a file of calls goes in, a durable
/// job makes them, a file of answers comes out. Each answer is recorded when it is there: what is recorded is never asked again, also over
/// a crash.
/// </summary>
public interface IBatches
{
    /// <exception cref="CairnException"><c>batch.user</c>: a visitor owns nothing; <c>batch.too-large</c>.</exception>
    Task<BatchFile> UploadAsync(Principal caller, string name, Stream content, CancellationToken cancellationToken);

    /// <exception cref="CairnException"><c>file.unknown</c>.</exception>
    Task<BatchFile> FindFileAsync(Principal caller, string id, CancellationToken cancellationToken);

    /// <exception cref="CairnException"><c>file.unknown</c>, or <c>batch.line</c>: a line of the file is no call; the message names
    /// it.</exception>
    Task<BatchState> CreateAsync(CallOrigin origin, string file, string endpoint, string? metadata, CancellationToken cancellationToken);

    /// <exception cref="CairnException"><c>batch.unknown</c>.</exception>
    Task<BatchState> FindAsync(Principal caller, string id, CancellationToken cancellationToken);

    /// <summary>The caller's own, newest first.</summary>
    Task<IReadOnlyList<BatchState>> ListAsync(Principal caller, int limit, CancellationToken cancellationToken);

    /// <summary>What was answered until then stays.</summary>
    /// <exception cref="CairnException"><c>batch.unknown</c>.</exception>
    Task<BatchState> CancelAsync(Principal caller, string id, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a file: one that was uploaded, or the answers (<c>output-BATCH</c>) or errors (<c>errors-BATCH</c>) of a batch so far, in the
    /// order of its calls.
    /// </summary>
    /// <exception cref="CairnException"><c>file.unknown</c>.</exception>
    Task WriteAsync(Principal caller, string file, Stream into, CancellationToken cancellationToken);
}
