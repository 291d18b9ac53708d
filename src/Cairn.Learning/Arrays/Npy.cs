using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Cairn.Learning;

/// <summary>NumPy's <c>.npy</c> format (NEP 1), versions 1 to 3: one array on a stream. Nothing in it is executed; pickled objects are
/// refused.</summary>
public static partial class Npy
{
    private const int MaxHeader = 1 << 16;
    private static readonly byte[] Magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Writes the array, little-endian, row after row.</summary>
    public static void Write<T>(Stream stream, NdArray<T> array)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(array);
        var header = $"{{'descr': '{Code<T>()}', 'fortran_order': False, 'shape': {array.Shape}, }}";
        var length = (Magic.Length + 4 + header.Length + 1 + 63) / 64 * 64;
        header = header.PadRight(length - Magic.Length - 4 - 1) + "\n";
        stream.Write(Magic);
        stream.Write([1, 0]);
        Span<byte> size = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(size, (ushort)header.Length);
        stream.Write(size);
        stream.Write(Encoding.ASCII.GetBytes(header));
        var values = array.ToContiguous().Span;
        if (BitConverter.IsLittleEndian)
        {
            stream.Write(MemoryMarshal.AsBytes(values));
            return;
        }
        var swapped = MemoryMarshal.AsBytes(values).ToArray();
        Swap<T>(swapped);
        stream.Write(swapped);
    }

    /// <summary>Reads an array of exactly this element type.</summary>
    /// <exception cref="InvalidDataException">Not a .npy stream, cut short, or of another element type (both are named).</exception>
    public static NdArray<T> Read<T>(Stream stream)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(stream);
        var header = Header(stream);
        var descr = Descr().Match(header);
        var order = FortranOrder().Match(header);
        var shape = ShapeText().Match(header);
        if (!descr.Success || !order.Success || !shape.Success)
            throw new InvalidDataException($"The .npy header is not understood: {header.Trim()}");
        var code = descr.Groups[1].Value;
        if (code[1..] != Code<T>()[1..])
            throw new InvalidDataException($"The .npy array holds '{code}', not {typeof(T).Name} ('{Code<T>()}').");
        var lengths = shape.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(l => int.TryParse(l, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n
                : throw new InvalidDataException($"The .npy shape has a length of {l}."))
            .ToArray();
        var wanted = Checked(lengths);
        var values = Values<T>(stream, wanted.Count);
        if (code[0] == '>' == BitConverter.IsLittleEndian)
            Swap<T>(MemoryMarshal.AsBytes(values.AsSpan()));
        return order.Groups[1].Value == "True"
            ? new NdArray<T>(values, Shape.Of([.. lengths.Reverse()])).Transpose()
            : new NdArray<T>(values, wanted);
    }

    private static Shape Checked(int[] lengths)
    {
        try
        {
            return Shape.Of(lengths);
        }
        catch (ShapeException error)
        {
            throw new InvalidDataException($"The .npy shape is refused: {error.Message}", error);
        }
    }

    private static string Header(Stream stream)
    {
        Span<byte> start = stackalloc byte[8];
        if (stream.ReadAtLeast(start, 8, throwOnEndOfStream: false) < 8 || !start[..6].SequenceEqual(Magic))
            throw new InvalidDataException("The stream is not a .npy array: its first bytes are not \\x93NUMPY.");
        if (start[6] is 0 or > 3)
            throw new InvalidDataException($"The .npy version {start[6]} is not known; 1 to 3 are.");
        Span<byte> size = stackalloc byte[4];
        size.Clear();
        ReadExactly(stream, size[..(start[6] == 1 ? 2 : 4)]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > MaxHeader)
            throw new InvalidDataException($"The .npy header claims {length} bytes; at most {MaxHeader} are read.");
        var text = new byte[length];
        ReadExactly(stream, text);
        return Encoding.UTF8.GetString(text);
    }

    /// <summary>Memory grows with what has arrived, so that a lying header costs nothing.</summary>
    private static T[] Values<T>(Stream stream, int count)
        where T : unmanaged
    {
        var values = new T[Math.Min(count, 1 << 20)];
        var read = 0;
        while (true)
        {
            ReadExactly(stream, MemoryMarshal.AsBytes(values.AsSpan(read)));
            read = values.Length;
            if (read == count)
                return values;
            Array.Resize(ref values, (int)Math.Min(count, 2L * read));
        }
    }

    private static void ReadExactly(Stream stream, Span<byte> to)
    {
        if (stream.ReadAtLeast(to, to.Length, throwOnEndOfStream: false) < to.Length)
            throw new InvalidDataException("The .npy stream ends before its array does.");
    }

    private static string Code<T>() => Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.Single => "<f4",
        TypeCode.Double => "<f8",
        TypeCode.Int32 => "<i4",
        TypeCode.Int64 => "<i8",
        TypeCode.Byte => "|u1",
        TypeCode.Boolean => "|b1",
        _ => throw new NotSupportedException($"Arrays of {typeof(T).Name} are not written as .npy."),
    };

    private static unsafe void Swap<T>(Span<byte> bytes)
        where T : unmanaged
    {
        for (var i = 0; i < bytes.Length && sizeof(T) > 1; i += sizeof(T))
            bytes.Slice(i, sizeof(T)).Reverse();
    }

    [GeneratedRegex(@"'descr'\s*:\s*'([<>|=][a-zA-Z][0-9]+)'")]
    private static partial Regex Descr();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(True|False)")]
    private static partial Regex FortranOrder();

    [GeneratedRegex(@"'shape'\s*:\s*\(([0-9,\s]*)\)")]
    private static partial Regex ShapeText();
}
