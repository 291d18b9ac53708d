using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Cairn.Models;

/// <summary>
/// Access tokens of a service account (https://developers.google.com/identity/protocols/oauth2/service-account#httprest): a signed
/// statement is exchanged for a token, which serves until five minutes before its end.
/// </summary>
internal sealed class GoogleToken(ProviderConnection connection, string account)
{
    private const string Scope = "https://www.googleapis.com/auth/cloud-platform";
    private static readonly TimeSpan Spare = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private Task<(string Token, DateTimeOffset Until)>? _last;

    /// <summary>Callers at the same time share one exchange; one that failed is not kept.</summary>
    /// <exception cref="ProviderFailureException">The account's JSON is none, or Google refuses it.</exception>
    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        Task<(string Token, DateTimeOffset Until)> last;
        lock (_lock)
        {
            if (_last is null || _last.IsFaulted || _last.IsCanceled
                || (_last.IsCompletedSuccessfully && connection.Time.GetUtcNow() >= _last.Result.Until))
                _last = ExchangeAsync();
            last = _last;
        }
        return (await last.WaitAsync(cancellationToken)).Token;
    }

    private async Task<(string Token, DateTimeOffset Until)> ExchangeAsync()
    {
        var now = connection.Time.GetUtcNow();
        var (address, statement) = Sign(now);
        using var call = new ProviderCall(connection, address, "sign-in", CancellationToken.None);
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent([new("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
                new("assertion", statement)]),
        };
        using var response = await call.SendAsync(request);
        var body = await call.ReadWholeAsync(response);
        return call.Guard(() =>
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return (root.Text("access_token") ?? throw new JsonException("no access_token"),
                now + TimeSpan.FromSeconds(root.GetProperty("expires_in").GetInt32()) - Spare);
        });
    }

    private (Uri Address, string Statement) Sign(DateTimeOffset now)
    {
        try
        {
            using var document = JsonDocument.Parse(account);
            var root = document.RootElement;
            var address = root.Text("token_uri") ?? "https://oauth2.googleapis.com/token";
            var header = Encode(json =>
            {
                json.WriteString("alg", "RS256");
                json.WriteString("typ", "JWT");
                json.WriteString("kid", root.Text("private_key_id"));
            });
            var claims = Encode(json =>
            {
                json.WriteString("iss", root.GetProperty("client_email").GetString());
                json.WriteString("scope", Scope);
                json.WriteString("aud", address);
                json.WriteNumber("iat", now.ToUnixTimeSeconds());
                json.WriteNumber("exp", now.ToUnixTimeSeconds() + 3600);
            });
            using var key = RSA.Create();
            key.ImportFromPem(root.GetProperty("private_key").GetString());
            var signature = key.SignData(Encoding.ASCII.GetBytes($"{header}.{claims}"), HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1);
            return (new Uri(address), $"{header}.{claims}.{Base64(signature)}");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException
            or CryptographicException or UriFormatException)
        {
            // The cause's own words may hold parts of the key.
            throw new ProviderFailureException(
                "provider.key", connection.Provider, "its serviceAccount is no service account's JSON",
                "Download the account's key as JSON and store it as the secret that serviceAccount names.");
        }
    }

    private static string Encode(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return Base64(stream.ToArray());
    }

    private static string Base64(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
