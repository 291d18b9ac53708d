using System.IO.MemoryMappedFiles;

namespace Cairn.Knowledge;

/// <summary>
/// The bytes of a segment: a mapped file or a pinned array. Unmapped by the finalizer when no snapshot holds the segment any more, so a
/// search that is under way never loses its memory; whoever uses <see cref="Start"/> keeps this object alive meanwhile.
/// </summary>
internal sealed unsafe class SegmentMemory
{
    private readonly byte[]? _array;
    private readonly MemoryMappedViewAccessor? _view;

    public SegmentMemory(ReadOnlySpan<byte> bytes)
    {
        _array = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(_array);
        Start = (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(
            ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(_array));
        Length = bytes.Length;
    }

    public SegmentMemory(string path)
    {
        Length = new FileInfo(path).Length;
        if (Length < SegmentFormat.HeaderLength)
            throw new DamagedIndexException(path, "it is shorter than a header");
        using var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = file.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        Start = start + _view.PointerOffset;
    }

    ~SegmentMemory()
    {
        _view?.SafeMemoryMappedViewHandle.ReleasePointer();
        _view?.Dispose();
    }

    public byte* Start { get; }

    public long Length { get; }

    public bool IsMapped => _view is not null;
}
