using System.IO.Pipelines;

namespace Cairn.Models;

/// <summary>Keeps a reply in memory.</summary>
internal sealed class BatchReply : IReplySink, IDisposable
{
    private readonly MemoryStream _body = new();

    public BatchReply() => Body = PipeWriter.Create(_body, new StreamPipeWriterOptions(leaveOpen: true));

    public PipeWriter Body { get; }

    public bool FailureTold { get; set; }

    public void Begin(ReplyHead head)
    {
        // The head of a reply that is not streamed says nothing that the record does not.
    }

    public async Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        await Body.FlushAsync(cancellationToken);
        return _body.GetBuffer().AsMemory(0, (int)_body.Length);
    }

    public void Dispose()
    {
        Body.Complete();
        _body.Dispose();
    }
}
