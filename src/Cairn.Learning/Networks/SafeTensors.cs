using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Cairn.Learning;

/// <summary>
/// Named arrays in the safetensors format: eight bytes of length, a JSON header, the numbers. Nothing in it is executed; every offset,
/// shape and length is checked before it is used, and memory is taken only for what has arrived.
/// </summary>
public static class SafeTensors
{
    private const int MaxHeader = 100_000_000;

    /// <summary>Writes the arrays as F32, aligned to eight bytes, in the given order.</summary>
    public static void Write(
        Stream stream, IEnumerable<KeyValuePair<string, NdArray<float>>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        WriteParts(stream, [.. tensors.Select(t => new SafeTensorsPart(t.Key, "F32", t.Value.Shape,
            s => s.Write(MemoryMarshal.AsBytes(t.Value.ToContiguous().Span))))], metadata);
    }

    internal static void WriteParts(Stream stream, IReadOnlyList<SafeTensorsPart> parts, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(SafeTensorsHeader.Metadata);
                foreach (var (name, value) in metadata)
                    json.WriteString(name, value);
                json.WriteEndObject();
            }
            long offset = 0;
            foreach (var part in parts)
            {
                json.WriteStartObject(part.Name);
                json.WriteString("dtype", part.Kind);
                json.WriteStartArray("shape");
                foreach (var length in part.Shape.Lengths)
                    json.WriteNumberValue(length);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += (long)part.Shape.Count * SafeTensorsEntry.SizeOf(part.Kind));
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        while (buffer.Length % 8 != 0)
            buffer.WriteByte((byte)' ');
        Span<byte> size = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(size, buffer.Length);
        stream.Write(size);
        buffer.WriteTo(stream);
        foreach (var part in parts)
            part.Write(stream);
    }

    /// <summary>Reads all arrays as float32; F32, F16, BF16 and F64 are converted.</summary>
    /// <exception cref="InvalidDataException">Cut short, damaged, or with offsets that overlap, leave gaps or do not fit a shape; the
    /// tensor is named.</exception>
    public static IReadOnlyDictionary<string, NdArray<float>> Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var entries = SafeTensorsHeader.Read(ReadHeader(stream));
        var result = new Dictionary<string, NdArray<float>>(StringComparer.Ordinal);
        foreach (var entry in entries)
            result[entry.Name] = new NdArray<float>(Numbers(stream, entry), entry.Shape);
        return stream.ReadByte() < 0 ? result : throw new InvalidDataException("The safetensors stream goes on after its last tensor.");
    }

    internal static byte[] ReadHeader(Stream stream)
    {
        var length = BinaryPrimitives.ReadUInt64LittleEndian(Bytes(stream, 8, "length"));
        return length is >= 2 and <= MaxHeader
            ? Bytes(stream, (int)length, "header")
            : throw new InvalidDataException($"The safetensors header claims {length} bytes; 2 to {MaxHeader} are read.");
    }

    /// <exception cref="InvalidDataException">The tensor's numbers are not of a floating type.</exception>
    internal static void RequireFloating(SafeTensorsEntry entry)
    {
        if (entry.Kind is not ("F32" or "F64" or "F16" or "BF16"))
            throw new InvalidDataException($"The tensor '{entry.Name}' has the type {entry.Kind}; F32, F16, BF16 and F64 are read.");
    }

    /// <summary>Reads over a tensor.</summary>
    internal static void Skip(Stream stream, SafeTensorsEntry entry)
    {
        var scratch = new byte[Math.Min(entry.End - entry.Start, 1 << 16)];
        for (var left = entry.End - entry.Start; left > 0;)
        {
            var read = stream.Read(scratch, 0, (int)Math.Min(left, scratch.Length));
            left -= read > 0 ? read : throw new InvalidDataException($"The safetensors stream ends within its tensor '{entry.Name}'.");
        }
    }

    internal static float[] Numbers(Stream stream, SafeTensorsEntry entry)
    {
        RequireFloating(entry);
        var bytes = Bytes(stream, checked(entry.Shape.Count * entry.Size), $"tensor '{entry.Name}'");
        var numbers = new float[entry.Shape.Count];
        switch (entry.Kind)
        {
            case "F32":
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(numbers);
                break;
            case "F64":
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, double>(bytes), numbers.AsSpan());
                break;
            case "F16":
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, Half>(bytes), numbers.AsSpan());
                break;
            default:
                var halves = MemoryMarshal.Cast<byte, ushort>(bytes);
                for (var i = 0; i < numbers.Length; i++)
                    numbers[i] = BitConverter.UInt32BitsToSingle((uint)halves[i] << 16);
                break;
        }
        return numbers;
    }

    /// <summary>Takes memory for what has arrived only, whatever a header claims.</summary>
    internal static byte[] Bytes(Stream stream, int count, string what)
    {
        var bytes = new byte[Math.Min(count, 1 << 20)];
        var read = 0;
        while (true)
        {
            if (stream.ReadAtLeast(bytes.AsSpan(read), bytes.Length - read, throwOnEndOfStream: false) < bytes.Length - read)
                throw new InvalidDataException($"The safetensors stream ends within its {what}.");
            read = bytes.Length;
            if (read == count)
                return bytes;
            Array.Resize(ref bytes, (int)Math.Min(count, 2L * read));
        }
    }
}
