using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Cairn.Apps;
using Cairn.Server;

namespace Cairn.Cli.Commands;

internal static class UpCommand
{
    private static readonly Option<int> Port = new("--port")
    {
        Description = "TCP port of the web interface and the API",
        DefaultValueFactory = _ => 7300,
    };
    private static readonly Option<string> Host = new("--host")
    {
        Description = "Address to listen on",
        DefaultValueFactory = _ => "127.0.0.1",
    };
    private static readonly Option<bool> Open = new("--open") { Description = "Open the web interface in the browser" };
    private static readonly Option<bool> Insecure = new("--insecure") { Description = "Allow a non-loopback host without TLS" };

    private static readonly Option<string[]> AllowHost = new("--allow-host")
    {
        Description = "A host name that browsers may call this server by, behind a proxy (may be given again)",
        HelpName = "NAME",
    };
    private static readonly Option<string?> TlsCertificate = new("--tls-certificate")
    {
        Description = "PEM file of a certificate: the port speaks HTTPS",
        HelpName = "FILE",
    };
    private static readonly Option<string?> TlsKey = new("--tls-key")
    {
        Description = "PEM file of the certificate's key, when it is not in the same file",
        HelpName = "FILE",
    };

    public static Command Create()
        => new CairnCommand("up", "Start the server of this workspace", "cairn up --port 7300 --open") { Port, Host, Open, Insecure,
            AllowHost, TlsCertificate, TlsKey }.Runs(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var workspace = invocation.FindWorkspace();
        using var held = WorkspaceLock.TryTake(workspace) ?? throw await AlreadyUpAsync(workspace, cancellationToken);
        await using var host = await CairnHost.StartAsync(
            new CairnHostOptions
            {
                Workspace = workspace.Root,
                Socket = workspace.SocketPath,
                Port = invocation.Value(Port),
                Host = invocation.Value(Host),
                Insecure = invocation.Value(Insecure),
                AllowedHosts = [.. invocation.Value(AllowHost)],
                TlsCertificate = invocation.Value(TlsCertificate),
                TlsKey = invocation.Value(TlsKey),
                WatchSources = true,
            },
            cancellationToken);

        if (invocation.Json)
        {
            invocation.Output.WriteLine(new JsonObject { ["url"] = host.Address?.ToString(), ["signIn"] = host.OwnerLink?.ToString() }
                .ToJsonString());
        }
        else
        {
            invocation.Output.WriteLine($"Cairn is ready: {host.Address}");
            if (host.OwnerLink is not null)
                invocation.Output.WriteLine($"Sign in as the owner (this link works once): {host.OwnerLink}");
            else if (host.Owner is { } owner)
                invocation.Error.WriteLine($"To sign in again, make a link that works once: cairn user link {owner}");
        }
        await invocation.Output.FlushAsync(cancellationToken);
        if (invocation.Value(Open))
            OpenBrowser(host.OwnerLink ?? host.Address!, invocation.Error);
        if (Invocation.ErrorIsTerminal)
            invocation.Error.WriteLine("Stop with Ctrl+C.");
        await host.WaitForShutdownAsync(cancellationToken);
        return ExitCodes.Done;
    }

    private static async Task<CairnException> AlreadyUpAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        var holder = WorkspaceLock.Holder(workspace) is { } id ? $"process {id}" : "another process";
        await using var running = await WorkspaceConnection.TryConnectAsync(workspace, cancellationToken);
        if (running is null)
            return new CairnException(ErrorKind.Conflict, "workspace.locked", $"The workspace {workspace.Root} is held by {holder}.",
                "Wait until that command has ended, or stop it; then: cairn up");
        var version = await running.Api.GetAsync("version", null, cancellationToken);
        var url = version.TryGetProperty("url", out var u) ? u.GetString() : null;
        return new CairnException(ErrorKind.Conflict, "workspace.running",
            $"Cairn already serves this workspace ({holder}){(url is null ? "" : $" at {url}")}.",
            "Use that one, or stop it (Ctrl+C where it runs) and try again.");
    }

    private static void OpenBrowser(Uri address, TextWriter error)
    {
        var opener = OperatingSystem.IsMacOS() ? "open" : OperatingSystem.IsWindows() ? "explorer" : "xdg-open";
        try
        {
            using var _ = Process.Start(new ProcessStartInfo(opener, address.ToString())
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            error.WriteLine($"No browser could be opened here ({opener} is missing). Open the link yourself.");
        }
    }
}
