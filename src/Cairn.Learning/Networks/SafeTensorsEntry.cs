namespace Cairn.Learning;

/// <summary>One tensor of a safetensors header; bytes from <c>Start</c> to <c>End</c> of what follows the header.</summary>
internal sealed record SafeTensorsEntry(string Name, string Kind, Shape Shape, long Start, long End)
{
    /// <summary>Bytes per number; 0 for a kind that is not read.</summary>
    internal int Size => Kind switch
    {
        "F64" => 8,
        "F32" => 4,
        "F16" or "BF16" => 2,
        _ => 0,
    };
}
