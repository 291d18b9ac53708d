namespace Cairn.Server;

/// <summary>A running workspace: every module composed, listening. Disposing stops it gracefully: requests in flight end first.</summary>
public sealed class CairnHost : IAsyncDisposable
{
    private CairnHost()
    {
    }

    /// <summary>The address people open; null without a port.</summary>
    public Uri? Address { get; private init; }

    /// <summary>The one-time link that makes the owner; set on the first start only.</summary>
    public Uri? OwnerLink { get; private init; }

    public static Task<CairnHost> StartAsync(CairnHostOptions options, CancellationToken cancellationToken)
        => throw new CairnException(ErrorKind.Environment, "host.missing", $"Nothing hosts {options.Workspace} yet.", "Wait for the next commit.");

    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
