using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Cairn.Server;

/// <summary>Where the server listens: the owner's socket always, a TCP port when asked for.</summary>
internal sealed class Listening
{
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly CairnHostOptions _options;
    private readonly IPAddress? _address;
    private readonly X509Certificate2? _certificate;

    private Listening(CairnHostOptions options, IPAddress? address, X509Certificate2? certificate)
    {
        _options = options;
        _address = address;
        _certificate = certificate;
    }

    public bool Https => _certificate is not null;

    /// <exception cref="CairnException">The host is no address, is not loopback without TLS or consent, or the certificate can't be
    /// read.</exception>
    public static Listening Check(CairnHostOptions options)
    {
        if (options.Port is not { } port)
            return new(options, null, null);
        if (port is < 0 or > 65535)
            throw new CairnException(ErrorKind.Input, "port.invalid", $"{port} is no TCP port.", "Choose one from 1 to 65535: --port 7300");
        var address = options.Host == "localhost" ? IPAddress.Loopback
            : IPAddress.TryParse(options.Host.Trim('[', ']'), out var parsed) ? parsed
            : throw new CairnException(ErrorKind.Input, "host.invalid", $"`{options.Host}` is no IP address.",
                "Give an address of this machine: --host 127.0.0.1, or --host 0.0.0.0 for all of them");
        var certificate = Certificate(options);
        if (!IPAddress.IsLoopback(address) && certificate is null && !options.Insecure)
        {
            throw new CairnException(ErrorKind.Input, "host.insecure",
                $"{options.Host} can be reached from other machines, and without TLS everyone on the way can read what is said.",
                "Give a certificate (--tls-certificate FILE --tls-key FILE), put a TLS proxy in front and keep --host 127.0.0.1, or accept it with --insecure");
        }
        return new(options, address, certificate);
    }

    public void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 1 << 20;
        kestrel.ListenUnixSocket(_options.Socket, listen => listen.Use(next => connection =>
        {
            connection.Features.Set(OwnerConnection.Instance);
            return next(connection);
        }));
        if (_address is null)
            return;
        kestrel.Listen(_address, _options.Port!.Value, listen =>
        {
            if (_certificate is not null)
                listen.UseHttps(_certificate);
        });
    }

    /// <summary>
    /// Makes the socket's folder, and clears away the socket of a process that died: the workspace's lock says that none is alive.
    /// </summary>
    public void PrepareSocket()
    {
        var folder = Path.GetDirectoryName(_options.Socket)!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerFolder);
        File.Delete(_options.Socket);
    }

    /// <summary>Between the bind and this call the folder alone (0700) keeps others out.</summary>
    public void CloseSocketToOthers()
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_options.Socket, OwnerFile);
    }

    /// <summary>The address that browsers use, with the port that was really taken.</summary>
    public Uri? Address(ICollection<string> bound)
    {
        if (_address is null)
            return null;
        var port = bound.Select(a => BindingPort(a)).First(p => p is not null)!.Value;
        var host = _options.Host == "localhost" ? "localhost"
            : _address.Equals(IPAddress.Any) ? "127.0.0.1"
            : _address.Equals(IPAddress.IPv6Any) ? "[::1]"
            : _address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{_address}]" : _address.ToString();
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"{(Https ? "https" : "http")}://{host}:{port}/"));
    }

    public CairnException InUse(Exception inner)
        => new(ErrorKind.Environment, "port.in-use", $"Port {_options.Port} on {_options.Host} is in use by another program.",
            $"Stop that program, or take another port: cairn up --port {_options.Port + 1}", inner);

    private static int? BindingPort(string address)
        => address.Contains("unix:", StringComparison.Ordinal)
            ? null
            : new Uri(address.Replace("[::]", "localhost", StringComparison.Ordinal)).Port;

    private static X509Certificate2? Certificate(CairnHostOptions options)
    {
        if (options.TlsCertificate is null)
            return null;
        try
        {
            return X509Certificate2.CreateFromPemFile(options.TlsCertificate, options.TlsKey);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new CairnException(ErrorKind.Input, "tls.certificate",
                $"The certificate {options.TlsCertificate} can't be used: {e.Message}",
                "Give a PEM certificate and its PEM key that this user can read.", e);
        }
    }
}
