using System.Net.Sockets;
using System.Text.Json;
using Cairn.Apps;
using Cairn.Server;

namespace Cairn.Cli;

/// <summary>
/// A command's way to its workspace: always the HTTP API over the workspace's socket. When no server runs, this process takes the
/// workspace's lock and hosts the same server on the same socket for as long as the command lasts, so the result is the same either way.
/// </summary>
internal sealed class WorkspaceConnection : IAsyncDisposable
{
    /// <summary>How long to wait for another command that holds the workspace without answering (it is starting or stopping).</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WorkspaceLock? _lock;
    private readonly IAsyncDisposable? _host;

    private WorkspaceConnection(Workspace workspace, HttpClient http, WorkspaceLock? held, IAsyncDisposable? host)
    {
        Workspace = workspace;
        Api = new ApiClient(http);
        _lock = held;
        _host = host;
    }

    public Workspace Workspace { get; }

    public ApiClient Api { get; }

    public static async Task<WorkspaceConnection> OpenAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await TryConnectAsync(workspace, cancellationToken) is { } running)
                return running;
            if (WorkspaceLock.TryTake(workspace) is { } held)
                return await HostAsync(workspace, held, cancellationToken);
            if (TimeProvider.System.GetElapsedTime(deadline) > Patience)
            {
                var holder = WorkspaceLock.Holder(workspace) is { } id ? $"process {id}" : "another process";
                throw new CairnException(ErrorKind.Conflict, "workspace.locked",
                    $"The workspace {workspace.Root} is held by {holder}, which does not answer.", "Stop that process, then try again.");
            }
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Connects to the server that runs, if one does.</summary>
    /// <exception cref="CairnException">The server speaks another version of the API.</exception>
    public static async Task<WorkspaceConnection?> TryConnectAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        if (!File.Exists(workspace.SocketPath))
            return null;
        var connection = new WorkspaceConnection(workspace, SocketClient(workspace.SocketPath), null, null);
        try
        {
            await connection.ShakeHandsAsync(cancellationToken);
            return connection;
        }
        catch (HttpRequestException)
        {
            await connection.DisposeAsync();
            return null;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
        _lock?.Dispose();
    }

    private static async Task<WorkspaceConnection> HostAsync(Workspace workspace, WorkspaceLock held, CancellationToken cancellationToken)
    {
        try
        {
            var host = await CairnHost.StartAsync(new CairnHostOptions { Workspace = workspace.Root, Socket = workspace.SocketPath },
                cancellationToken);
            return new WorkspaceConnection(workspace, SocketClient(workspace.SocketPath), held, host);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private async Task ShakeHandsAsync(CancellationToken cancellationToken)
    {
        var version = await Api.GetAsync("version", null, cancellationToken);
        var protocol = version.TryGetProperty("protocol", out var p) && p.ValueKind == JsonValueKind.Number ? p.GetInt32() : 0;
        if (protocol != ApiProtocol.Version)
        {
            throw new CairnException(ErrorKind.Environment, "server.other-version",
                $"The server that runs here speaks version {protocol} of the API, this command version {ApiProtocol.Version}.",
                "Stop it (Ctrl+C where it runs) and start it again: cairn up");
        }
    }

    private static HttpClient SocketClient(string socket)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellationToken);
                    return new NetworkStream(connection, ownsSocket: true);
                }
                catch
                {
                    connection.Dispose();
                    throw;
                }
            },
        };
        return new HttpClient(handler) { BaseAddress = new Uri("http://localhost/api/v1/"), Timeout = Timeout.InfiniteTimeSpan };
    }
}
