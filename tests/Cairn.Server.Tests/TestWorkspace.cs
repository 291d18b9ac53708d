using System.Net.Sockets;

namespace Cairn.Server.Tests;

/// <summary>A fresh workspace in a temporary folder; gone with the test.</summary>
internal sealed class TestWorkspace : IDisposable
{
    public TestWorkspace(string? settings = null)
    {
        Root = Directory.CreateTempSubdirectory("cairn-").FullName;
        File.WriteAllText(Path.Combine(Root, "cairn.yaml"), settings ?? "version: 1\nstorage: sqlite\n");
    }

    public string Root { get; }

    public string Socket => Path.Combine(Root, ".cairn", "cairn.sock");

    public CairnHostOptions Options => new() { Workspace = Root, Socket = Socket };

    /// <summary>A client as the command line is one: over the socket, as the owner.</summary>
    public HttpClient OwnerClient() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = new Uri("http://localhost/") };

    public static HttpClient Client(CairnHost host)
        => new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Address };

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
