using System.IO.Compression;
using System.Xml;

namespace Cairn.Knowledge;

/// <summary>The parts of a Word file. Inflation is bounded by counting what really comes out: sizes in the archive may lie.</summary>
internal sealed class DocxPackage : IDisposable
{
    /// <summary>More XML than this in one part is no document that people wrote.</summary>
    public const long LongestPart = 192L << 20;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    private readonly ZipArchive _archive;

    public DocxPackage(Stream stream)
    {
        try
        {
            _archive = new ZipArchive(stream, ZipArchiveMode.Read);
        }
        catch (InvalidDataException e)
        {
            throw Unreadable.Broken("Word", "it is not a complete ZIP archive.", e);
        }
        if (_archive.GetEntry("word/document.xml") is null)
            throw Unreadable.Mismatch("Word",
                _archive.GetEntry("[Content_Types].xml") is null ? "a ZIP archive" : "another kind of Office document");
    }

    /// <returns>Null when the file has no such part.</returns>
    public XmlReader? Part(string name)
        => _archive.GetEntry(name) is { } entry ? XmlReader.Create(new BoundedStream(entry.Open(), LongestPart), Settings) : null;

    public void Dispose() => _archive.Dispose();

    private sealed class BoundedStream(Stream inner, long limit) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = inner.Read(buffer, offset, count);
            _read += read;
            return _read <= limit
                ? read
                : throw new UnreadableFileException("file.inflates_too_far", $"The Word file unpacks to more than {limit >> 20} MB.",
                    "Split the document; if you did not make the file, do not trust it.");
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
