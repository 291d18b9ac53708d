using System.Diagnostics;

namespace Cairn.Bench;

internal sealed class RunningPortkey(Process process, GatewayTarget target) : IAsyncDisposable
{
    public GatewayTarget Target => target;

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
