using System.Buffers;

namespace Cairn.Storage;

internal static class BlobHash
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>64 lower-case hexadecimal digits and nothing else: a name can never leave the blob folder.</summary>
    public static bool IsValid(string hash) => hash is { Length: 64 } && !hash.AsSpan().ContainsAnyExcept(Digits);
}
