using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Cairn.Models;

/// <summary>
/// One file per secret, sealed with AES-256-GCM: version, nonce, tag, text; its name is authenticated, so that no file can stand for
/// another. The key lies beside the keys of cookies and in no backup, so a copied database or a leaked backup opens nothing.
/// </summary>
/// <param name="folder">Where the sealed files lie.</param>
/// <param name="keyFile">Where the key lies.</param>
public sealed partial class SecretStore(string folder, string keyFile) : ISecretStore
{
    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int MostCharacters = 64 * 1024;

    private readonly SecretKeyFile _key = new(keyFile);
    private readonly Lock _lock = new();

    /// <summary>Of a workspace's state folder.</summary>
    public static SecretStore In(string state) => new(Path.Combine(state, "secrets", "sealed"), Path.Combine(state, "keys", "secrets.key"));

    public void Set(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Check(name);
        value = value.Trim();
        if (value.Length is 0 or > MostCharacters || value.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
            throw new CairnException(ErrorKind.Input, "secret.value",
                $"What was given for '{name}' is no secret: it is empty, too long, or holds control characters.",
                "Give the key as the provider shows it.");
        var text = Encoding.UTF8.GetBytes(value);
        var file = new byte[1 + NonceBytes + TagBytes + text.Length];
        file[0] = Version;
        var nonce = file.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        lock (_lock)
        {
            using var cipher = new AesGcm(_key.FindOrMake(), TagBytes);
            cipher.Encrypt(nonce, text, file.AsSpan(1 + NonceBytes + TagBytes), file.AsSpan(1 + NonceBytes, TagBytes),
                Encoding.UTF8.GetBytes(name));
            OwnerFiles.Write(Path.Combine(folder, name), file);
        }
        CryptographicOperations.ZeroMemory(text);
    }

    public bool Remove(string name)
    {
        Check(name);
        lock (_lock)
        {
            var file = Path.Combine(folder, name);
            var there = File.Exists(file);
            File.Delete(file);
            return there;
        }
    }

    public IReadOnlyList<StoredSecret> List()
        => !Directory.Exists(folder) ? [] :
        [
            .. new DirectoryInfo(folder).EnumerateFiles().Where(f => Name().IsMatch(f.Name) && f.Extension != ".new")
                .OrderBy(f => f.Name, StringComparer.Ordinal)
                .Select(f => new StoredSecret(f.Name, MaskOf(f.Name), new DateTimeOffset(f.LastWriteTimeUtc, TimeSpan.Zero))),
        ];

    public string? Find(string name)
    {
        if (!Name().IsMatch(name))
            return null;
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            return null;
        var file = File.ReadAllBytes(path);
        try
        {
            if (file.Length < 1 + NonceBytes + TagBytes || file[0] != Version || _key.Find() is not { } key)
                throw new CryptographicException("no such form, or no key");
            var text = new byte[file.Length - 1 - NonceBytes - TagBytes];
            using var cipher = new AesGcm(key, TagBytes);
            cipher.Decrypt(file.AsSpan(1, NonceBytes), file.AsSpan(1 + NonceBytes + TagBytes), file.AsSpan(1 + NonceBytes, TagBytes), text,
                Encoding.UTF8.GetBytes(name));
            return Encoding.UTF8.GetString(text);
        }
        catch (CryptographicException e)
        {
            throw new CairnException(ErrorKind.Environment, "secret.unreadable",
                $"The secret '{name}' cannot be decrypted: it was changed, or its key ({keyFile}) is another or gone.",
                $"Set it again: cairn models key set {name}", e);
        }
    }

    private static void Check(string name)
    {
        if (!Name().IsMatch(name))
            throw new CairnException(ErrorKind.Input, "secret.name", $"'{name}' is no name of a secret.",
                "Begin with a letter and use letters, digits, dots, dashes and underscores.");
    }

    private string MaskOf(string name)
    {
        try
        {
            return Mask(Find(name) ?? "");
        }
        catch (CairnException e) when (e.Kind is ErrorKind.Environment)
        {
            return StoredSecret.Unreadable;
        }
    }

    private static string Mask(string value) => value.Length < 12 ? "••••" : "••••" + value[^4..];

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_.\-]{0,99}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
