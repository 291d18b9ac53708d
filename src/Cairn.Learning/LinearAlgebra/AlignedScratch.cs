using System.Buffers;

namespace Cairn.Learning;

/// <summary>Pooled memory that starts on a 64-byte line, so that no vector load crosses one.</summary>
internal unsafe ref struct AlignedScratch<T>
    where T : unmanaged
{
    private const int Line = 64;
    private readonly byte[] rented;
    private readonly MemoryHandle pin;

    internal AlignedScratch(int length)
    {
        rented = ArrayPool<byte>.Shared.Rent(checked((length * sizeof(T)) + Line));
        pin = rented.AsMemory().Pin();
        Start = (T*)(((nint)pin.Pointer + Line - 1) & ~(Line - 1));
    }

    internal T* Start { get; }

    internal void Dispose()
    {
        pin.Dispose();
        ArrayPool<byte>.Shared.Return(rented);
    }
}
