using System.Buffers.Binary;
using System.Text;

namespace Cairn.Models;

/// <summary>Finds a UTF-8 name among those that a schema speaks of: open addressing over length, head and tail of the name.</summary>
internal sealed class NameTable
{
    private readonly byte[][] _names;
    private readonly int[] _slots;
    private readonly int _mask;

    /// <param name="names">The same name twice is found at its first place.</param>
    public NameTable(IReadOnlyList<string> names)
    {
        _names = [.. names.Select(Encoding.UTF8.GetBytes)];
        var size = 4;
        while (size < names.Count * 2)
            size *= 2;
        _mask = size - 1;
        _slots = new int[size];
        for (var i = 0; i < _names.Length; i++)
        {
            if (Find(_names[i]) >= 0)
                continue;
            var slot = Hash(_names[i]) & _mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & _mask;
            _slots[slot] = i + 1;
        }
    }

    /// <returns>The name's place, or -1.</returns>
    public int Find(ReadOnlySpan<byte> name)
    {
        for (var slot = Hash(name) & _mask; _slots[slot] != 0; slot = (slot + 1) & _mask)
        {
            if (name.SequenceEqual(_names[_slots[slot] - 1]))
                return _slots[slot] - 1;
        }
        return -1;
    }

    private static int Hash(ReadOnlySpan<byte> name)
    {
        ulong key;
        if (name.Length >= 8)
            key = BinaryPrimitives.ReadUInt64LittleEndian(name) ^ (BinaryPrimitives.ReadUInt64LittleEndian(name[^8..]) * 31);
        else if (name.Length >= 4)
            key = BinaryPrimitives.ReadUInt32LittleEndian(name) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(name[^4..]) << 32);
        else
            key = name.Length == 0 ? 0UL : name[0] | ((ulong)name[name.Length >> 1] << 8) | ((ulong)name[^1] << 16);
        return (int)(((key + (ulong)name.Length) * 0x9E3779B97F4A7C15) >> 40);
    }
}
