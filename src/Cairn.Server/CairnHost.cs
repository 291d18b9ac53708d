using Cairn.Apps;
using Cairn.Identity;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Console;

namespace Cairn.Server;

/// <summary>
/// The server of one workspace, in this process. The caller holds the workspace's lock. Disposing it lets requests in flight end first.
/// </summary>
public sealed class CairnHost : IAsyncDisposable
{
    private static readonly TimeSpan CatchUpPatience = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;

    private CairnHost(WebApplication app) => _app = app;

    /// <summary>Where browsers reach it; null when only the socket listens.</summary>
    public Uri? Address => _app.Services.GetRequiredService<ServerAddress>().Value;

    /// <summary>A one-time link that signs in as the owner; null once the owner has signed in, or without a port.</summary>
    public Uri? OwnerLink { get; private init; }

    /// <summary>Whose link signs in again, where <see cref="OwnerLink"/> is null; null without a port.</summary>
    public string? Owner { get; private init; }

    internal IServiceProvider Services => _app.Services;

    /// <exception cref="CairnException">The port is taken, the host may not be used, the database does not open, a file of the workspace is
    /// wrong.</exception>
    public static Task<CairnHost> StartAsync(CairnHostOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        return StartAsync(options, _ => { }, cancellationToken);
    }

    /// <param name="replace">Lets a test put its own clock or answers in place of ours.</param>
    internal static async Task<CairnHost> StartAsync(
        CairnHostOptions options, Action<IServiceCollection> replace, CancellationToken cancellationToken)
    {
        var listening = Listening.Check(options);
        var app = Build(options, listening, WorkspaceFile.Load(options.Workspace, options.ProviderKinds), replace);
        try
        {
            listening.PrepareSocket();
            var link = await app.Services.GetRequiredService<StartUp>().RunAsync(cancellationToken);
            await StartListeningAsync(app, listening, cancellationToken);
            // A command that hosts for itself asks once, so it waits for what an interrupted process left to index.
            if (options.Port is null)
                await app.Services.GetRequiredService<Readiness>().IsCaughtUpAsync(CatchUpPatience, cancellationToken);
            return new CairnHost(app)
            {
                OwnerLink = link is null ? null : app.Services.GetRequiredService<ServerAddress>().SignIn(link),
                Owner = link is null && options.Port is not null ? await OwnerAsync(app, cancellationToken) : null,
            };
        }
        catch
        {
            // What has started already (a job, the book keeper) ends before its database is closed.
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when the token is cancelled or something in the host asks to stop, after requests in flight have ended.</summary>
    public async Task WaitForShutdownAsync(CancellationToken cancellationToken) => await _app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static WebApplication Build(
        CairnHostOptions options, Listening listening, WorkspaceFile workspace, Action<IServiceCollection> replace)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "Cairn.Server",
            ContentRootPath = options.Workspace,
            EnvironmentName = Environments.Production,
        });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(listening.Configure);
        // A host that lives for one command leaves it to the command's own result to say what was degraded.
        builder.Logging.SetMinimumLevel(options.Verbose ? LogLevel.Information : options.Port is null ? LogLevel.Error : LogLevel.Warning);
        // A start that fails is thrown to the caller, who says it better; keys lie in the owner's folder, so nothing encrypts them again.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // Any browser may send a cookie that cannot be read, as one that it keeps of a workspace that stood here before: it is replaced,
        // and who sends a form with it is told.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.None);
        // Its information names every path, and the path of a sign-in link is a secret.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // What it says is below that level anyway, but as long as somebody might listen it makes a span of every request.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // Nobody prints scopes, and one around each connection makes every await of its requests dearer.
        builder.Services.Configure<LoggerFilterOptions>(filters => filters.CaptureScopes = false);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        // Standard output belongs to the command's result.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddCairn(options, workspace);
        replace(builder.Services);
        var app = builder.Build();
        app.UseCairn();
        app.MapCairn();
        return app;
    }

    private static async Task<string?> OwnerAsync(WebApplication app, CancellationToken cancellationToken)
        => (await app.Services.GetRequiredService<IPeople>().UsersAsync(Principal.Owner(), cancellationToken))
            .FirstOrDefault(u => u.Roles.Contains(Roles.Owner))?.Name;

    private static async Task StartListeningAsync(WebApplication app, Listening listening, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw listening.InUse(e);
        }
        listening.CloseSocketToOthers();
        app.Services.GetRequiredService<ServerAddress>().Set(listening.Address(app.Urls));
    }
}
