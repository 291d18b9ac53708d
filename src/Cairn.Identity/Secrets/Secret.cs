using System.Buffers.Text;
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

    private Secret(string id, string value)
    {
        Id = id;
        Text = $"{id}.{value}";
        Hash = HashOf(value);
    }

    public string Id { get; }

    /// <summary>Shown once, never logged.</summary>
    public string Text { get; }

    /// <summary>SHA-256 of the secret part, 64 lower-case hexadecimal digits.</summary>
    public string Hash { get; }

    public static Secret New(IIdentifiers identifiers) => new(identifiers.New(), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <returns>null when the text has not the form of a credential.</returns>
    public static Secret? Parse(string? text)
    {
        // 26 characters of identifier, a point, 43 of base64url.
        if (text is not { Length: 26 + 1 + 43 } || text[26] != '.')
            return null;
        var id = text[..26];
        return id.All(char.IsAsciiLetterOrDigit) ? new(id, text[27..]) : null;
    }

    /// <summary>Compares in constant time.</summary>
    public bool Matches(string storedHash) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash), Encoding.ASCII.GetBytes(storedHash));

    private static string HashOf(string value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));
}
