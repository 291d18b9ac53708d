using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Cairn.Identity;

/// <summary>
/// A credential as its holder has it: the row's identifier and 256 random bits, <c>ID.SECRET</c>. Only <see cref="Hash"/> is stored; with
/// 256 random bits a plain SHA-256 can't be guessed back, so no slow hash is needed.
/// </summary>
internal sealed class Secret
{
    private const int Bytes = 32;
    private const int IdLength = 26;

    /// <summary>32 bytes in base64url.</summary>
    private const int ValueLength = 43;

    private Secret(ReadOnlySpan<char> text)
    {
        Id = text[..IdLength].ToString();
        Hash = HashOf(text[(IdLength + 1)..]);
    }

    public string Id { get; }

    /// <summary>SHA-256 of the secret part, 64 lower-case hexadecimal digits.</summary>
    public string Hash { get; }

    /// <param name="identifiers">Gives the row's.</param>
    /// <param name="text">What its holder is given: shown once, never logged.</param>
    public static Secret New(IIdentifiers identifiers, out string text)
    {
        text = $"{identifiers.New()}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes))}";
        return new(text);
    }

    /// <returns>null when the text has not the form of a credential.</returns>
    public static Secret? Parse(ReadOnlySpan<char> text)
    {
        if (text.Length != IdLength + 1 + ValueLength || text[IdLength] != '.')
            return null;
        foreach (var letter in text[..IdLength])
        {
            if (!char.IsAsciiLetterOrDigit(letter))
                return null;
        }
        return new(text);
    }

    /// <summary>Compares in constant time.</summary>
    public bool Matches(string storedHash)
        => CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes<char>(Hash), MemoryMarshal.AsBytes<char>(storedHash));

    private static string HashOf(ReadOnlySpan<char> value)
    {
        Span<byte> bytes = stackalloc byte[Encoding.UTF8.GetMaxByteCount(ValueLength)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(value, bytes)], hash);
        return Convert.ToHexStringLower(hash);
    }
}
