namespace Cairn.Knowledge;

/// <summary>What a worker answers: one byte, then a length and so many bytes.</summary>
internal enum WorkerFrame : byte
{
    /// <summary>A document, see <see cref="ParsedDocumentCodec"/>.</summary>
    Document = 1,

    /// <summary>The file cannot be read: code, reason and fix.</summary>
    Unreadable = 2,

    /// <summary>Memory ran out; the worker ends.</summary>
    OutOfMemory = 3,

    /// <summary>The parser failed in a way it does not know; the worker ends.</summary>
    Failed = 4,
}
