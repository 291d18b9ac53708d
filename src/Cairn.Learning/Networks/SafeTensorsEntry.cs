namespace Cairn.Learning;

/// <summary>One tensor of a safetensors header; bytes from <c>Start</c> to <c>End</c> of what follows the header.</summary>
internal sealed record SafeTensorsEntry(string Name, string Kind, Shape Shape, long Start, long End)
{
    internal int Size => SizeOf(Kind);

    /// <summary>Bytes per number; 0 for a kind that is not read.</summary>
    internal static int SizeOf(string kind) => kind switch
    {
        "F64" or "I64" => 8,
        "F32" or "I32" => 4,
        "F16" or "BF16" or "U16" => 2,
        "U8" or "I8" or "BOOL" => 1,
        _ => 0,
    };
}
