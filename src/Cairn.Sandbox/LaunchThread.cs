using System.Collections.Concurrent;
using System.Diagnostics;

namespace Cairn.Sandbox;

/// <summary>
/// Starts every sandboxed program from one thread that never ends. "Die with the parent" means the parent's thread: a program started
/// from a pool thread would be killed whenever the pool lets that thread go.
/// </summary>
internal static class LaunchThread
{
    private static readonly BlockingCollection<(ProcessStartInfo Start, TaskCompletionSource<Process> Started)> Requests =
        new(boundedCapacity: 64);

    static LaunchThread()
    {
        new Thread(Serve) { IsBackground = true, Name = "Cairn sandbox launcher" }.Start();
    }

    public static Task<Process> StartAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Requests.Add((start, started), cancellationToken);
        return started.Task;
    }

    private static void Serve()
    {
        foreach (var (start, started) in Requests.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException or InvalidOperationException)
            {
                started.SetException(e);
            }
        }
    }
}
