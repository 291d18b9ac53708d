using Microsoft.Extensions.Hosting;

namespace Cairn.Server;

/// <summary>Leaves the signals to whoever hosts: the command line cancels its token, and a test has no signals.</summary>
internal sealed class DetachedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
