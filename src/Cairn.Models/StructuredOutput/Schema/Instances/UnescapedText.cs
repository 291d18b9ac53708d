using System.Buffers;

namespace Cairn.Models;

/// <summary>A string's UTF-8 without escapes: the text's own bytes, or rented ones.</summary>
internal readonly ref struct UnescapedText(ReadOnlySpan<byte> bytes, byte[]? rented)
{
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public static UnescapedText Of(Instance instance, int at)
    {
        var token = instance.Token(at);
        if (!instance.Nodes[at].Escaped)
            return new(token, null);
        var into = ArrayPool<byte>.Shared.Rent(token.Length);
        return new(into.AsSpan(0, InstanceText.Unescape(token, into)), into);
    }

    public void Dispose()
    {
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }
}
