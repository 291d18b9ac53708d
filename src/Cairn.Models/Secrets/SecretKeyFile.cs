using System.Security.Cryptography;

namespace Cairn.Models;

/// <summary>256 random bits in a file that only its owner can read, made at first use.</summary>
internal sealed class SecretKeyFile(string file)
{
    private const int Bytes = 32;

    /// <returns>null when there is no such file yet.</returns>
    public byte[]? Find()
    {
        if (!File.Exists(file))
            return null;
        var key = File.ReadAllBytes(file);
        return key.Length == Bytes ? key : throw Damaged();
    }

    public byte[] FindOrMake()
    {
        if (Find() is { } key)
            return key;
        key = RandomNumberGenerator.GetBytes(Bytes);
        OwnerFiles.Write(file, key);
        return key;
    }

    private CairnException Damaged()
        => new(ErrorKind.Environment, "secret.key", $"{file} is not the key that it should be.",
            "Restore it from a backup, or remove it and set each secret again: cairn models key set NAME");
}
