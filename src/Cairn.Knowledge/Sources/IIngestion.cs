using Cairn.Work;

namespace Cairn.Knowledge;

public interface IIngestion
{
    /// <summary>The kind of the durable job; its output is an <see cref="IngestReport"/> as JSON.</summary>
    public const string JobKind = "ingest";

    /// <summary>Starts a durable ingestion; follow it through <see cref="IJobs"/>.</summary>
    /// <exception cref="CairnException">No right, a path that does not exist or leads outside the allowed roots, an invalid
    /// subject.</exception>
    Task<Job> StartAsync(Principal caller, IngestRequest request, CancellationToken cancellationToken);

    /// <summary>Takes one uploaded file as a document of an undeclared source and waits until it can be searched.</summary>
    Task<IngestReport> UploadAsync(
        Principal caller, string source, string path, IReadOnlyList<string> allow, Stream content, CancellationToken cancellationToken);
}
