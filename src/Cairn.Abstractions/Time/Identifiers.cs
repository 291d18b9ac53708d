using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cairn.Abstractions;

/// <summary>ULIDs (https://github.com/ulid/spec) in lower case: 48 bits of milliseconds, 80 random bits.</summary>
public sealed class Identifiers(TimeProvider time) : IIdentifiers
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public string New()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, time.GetUtcNow().ToUnixTimeMilliseconds() << 16);
        RandomNumberGenerator.Fill(bytes[6..]);
        return Encode(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    private static string Encode(UInt128 value) => string.Create(26, value, static (chars, v) =>
    {
        for (var i = 25; i >= 0; i--, v >>= 5)
            chars[i] = Alphabet[(int)(v & 31)];
    });
}
