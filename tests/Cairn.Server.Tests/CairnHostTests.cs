using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Cairn.Server.Tests;

public sealed class CairnHostTests : IDisposable
{
    private readonly TestWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Without_a_port_the_owner_s_socket_answers_and_nobody_else_can_open_it()
    {
        await using var host = await CairnHost.StartAsync(_workspace.Options, TestContext.Current.CancellationToken);
        using var client = _workspace.OwnerClient();

        using var version = JsonDocument.Parse(await client.GetStringAsync("/api/v1/version"));

        Assert.Null(host.Address);
        Assert.Equal(ApiProtocol.Version, version.RootElement.GetProperty("protocol").GetInt32());
        Assert.Equal(_workspace.Root, version.RootElement.GetProperty("workspace").GetString());
        Assert.Equal(Environment.ProcessId, version.RootElement.GetProperty("processId").GetInt32());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_workspace.Socket));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(Path.GetDirectoryName(_workspace.Socket)!));
        }
    }

    [Fact]
    public async Task With_a_port_it_answers_there_too_but_a_visitor_may_only_knock()
    {
        await using var host = await CairnHost.StartAsync(_workspace.Options with { Port = 0 }, TestContext.Current.CancellationToken);
        using var client = TestWorkspace.Client(host);

        Assert.Equal("ok", await client.GetStringAsync("/healthz"));
        using var refused = await client.GetAsync("/api/v1/version");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("Bearer", refused.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task A_port_in_use_names_the_option_that_takes_another()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var error = await Assert.ThrowsAsync<CairnException>(() => CairnHost.StartAsync(_workspace.Options with { Port = port },
            TestContext.Current.CancellationToken));

        Assert.Equal(("port.in-use", ErrorKind.Environment), (error.Code, error.Kind));
        Assert.Contains("--port", error.Fix);
    }

    [Fact]
    public async Task A_host_that_others_can_reach_needs_consent()
    {
        var open = _workspace.Options with { Port = 0, Host = "0.0.0.0" };

        var error = await Assert.ThrowsAsync<CairnException>(() => CairnHost.StartAsync(open, TestContext.Current.CancellationToken));
        Assert.Equal("host.insecure", error.Code);
        Assert.Contains("--insecure", error.Fix);

        await using var host = await CairnHost.StartAsync(open with { Insecure = true }, TestContext.Current.CancellationToken);
        Assert.Equal("127.0.0.1", host.Address!.Host);
    }

    [Theory]
    [InlineData("example.org", 7300, "host.invalid")]
    [InlineData("127.0.0.1", 70000, "port.invalid")]
    public async Task An_impossible_address_is_refused_before_anything_starts(string host, int port, string code)
    {
        var error = await Assert.ThrowsAsync<CairnException>(() => CairnHost.StartAsync(_workspace.Options with { Host = host,
            Port = port }, TestContext.Current.CancellationToken));
        Assert.Equal(code, error.Code);
    }

    [Fact]
    public async Task A_socket_left_by_a_killed_process_is_replaced()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_workspace.Socket)!);
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
            dead.Bind(new UnixDomainSocketEndPoint(_workspace.Socket));
        if (!File.Exists(_workspace.Socket))
            File.WriteAllText(_workspace.Socket, "");

        await using var host = await CairnHost.StartAsync(_workspace.Options, TestContext.Current.CancellationToken);
        using var client = _workspace.OwnerClient();

        Assert.Equal("ok", await client.GetStringAsync("/healthz"));
    }

    [Fact]
    public async Task Waiting_for_shutdown_ends_with_its_token_and_the_socket_goes()
    {
        using var stop = new CancellationTokenSource();
        await using var host = await CairnHost.StartAsync(_workspace.Options, TestContext.Current.CancellationToken);
        var waiting = host.WaitForShutdownAsync(stop.Token);
        Assert.False(waiting.IsCompleted);

        await stop.CancelAsync();
        await waiting;

        Assert.False(File.Exists(_workspace.Socket));
    }

    [Fact]
    public async Task With_a_certificate_it_speaks_https_and_may_be_reached_from_elsewhere()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var (pem, pemKey) = (Path.Combine(_workspace.Root, "tls.pem"), Path.Combine(_workspace.Root, "tls.key"));
        await File.WriteAllTextAsync(pem, certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(pemKey, key.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);

        await using var host = await CairnHost.StartAsync(
            _workspace.Options with { Port = 0, Host = "0.0.0.0", TlsCertificate = pem, TlsKey = pemKey },
            TestContext.Current.CancellationToken);

        Assert.Equal("https", host.Address!.Scheme);
        using var client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            SslOptions = new() { RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetCertHashString()
                == certificate.GetCertHashString() },
        });
        using var followed = await client.GetAsync(host.OwnerLink);
        Assert.Contains("; secure", followed.Headers.GetValues("Set-Cookie").Single());
    }

    [Fact]
    public async Task A_certificate_that_can_t_be_read_is_named()
    {
        var error = await Assert.ThrowsAsync<CairnException>(
            () => CairnHost.StartAsync(_workspace.Options with { Port = 0, TlsCertificate = Path.Combine(_workspace.Root, "none.pem") },
                TestContext.Current.CancellationToken));

        Assert.Equal("tls.certificate", error.Code);
        Assert.Contains("none.pem", error.Message);
    }

    [Fact]
    public async Task A_mistake_in_the_workspace_s_file_is_told_before_anything_starts()
    {
        File.WriteAllText(Path.Combine(_workspace.Root, "cairn.yaml"), "version: 1\nstorrage: sqlite\n");

        var error = await Assert.ThrowsAnyAsync<CairnException>(() => CairnHost.StartAsync(_workspace.Options,
            TestContext.Current.CancellationToken));

        Assert.Contains("storrage", error.Message);
        Assert.False(File.Exists(_workspace.Socket));
    }
}
