using System.Diagnostics;
using System.Text;

namespace Cairn.Sandbox;

/// <summary>A running program with a watch on its time and memory.</summary>
internal sealed class SandboxedProcess : ISandboxedProcess
{
    private const int TailLength = 8 << 10;

    private static readonly TimeSpan WatchPeriod = TimeSpan.FromMilliseconds(250);

    private readonly Process _process;
    private readonly SandboxLimits _limits;
    private readonly StringBuilder _errors = new();
    private readonly Lock _lock = new();
    private readonly ITimer _watch;
    private readonly ITimer? _clock;
    private readonly Task _errorPump;
    private SandboxOutcome? _outcome;

    public SandboxedProcess(Process process, SandboxLimits limits, TimeProvider time)
    {
        (_process, _limits) = (process, limits);
        StandardOutput = new OutputStream(process.StandardOutput.BaseStream, limits.Output, () => End(SandboxOutcome.TooMuchOutput));
        _errorPump = PumpErrorsAsync();
        _watch = time.CreateTimer(_ => Watch(), null, WatchPeriod, WatchPeriod);
        if (limits.Time != Timeout.InfiniteTimeSpan)
            _clock = time.CreateTimer(_ => End(SandboxOutcome.OutOfTime), null, limits.Time, Timeout.InfiniteTimeSpan);
    }

    public Stream StandardInput => _process.StandardInput.BaseStream;

    public Stream StandardOutput { get; }

    public string ErrorTail
    {
        get
        {
            lock (_lock)
                return _errors.ToString();
        }
    }

    public async Task<(SandboxOutcome Outcome, int ExitCode)> WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        await _errorPump;
        await StopWatchingAsync();
        lock (_lock)
            return (_outcome ?? Natural(_process.ExitCode), _process.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        await StopWatchingAsync();
        End(SandboxOutcome.Killed);
        await _process.WaitForExitAsync(CancellationToken.None);
        await _errorPump;
        _process.Dispose();
    }

    private async ValueTask StopWatchingAsync()
    {
        await _watch.DisposeAsync();
        if (_clock is not null)
            await _clock.DisposeAsync();
    }

    private void Watch()
    {
        try
        {
            if (!_process.HasExited && ProcessTree.Memory(_process.Id) > _limits.Memory)
                End(SandboxOutcome.OutOfMemory);
        }
        catch (InvalidOperationException)
        {
            // The watch fired while the process was being disposed of: nothing is left to watch.
        }
    }

    private void End(SandboxOutcome outcome)
    {
        lock (_lock)
        {
            if (_process.HasExited)
                return;
            _outcome ??= outcome;
        }
        _process.Kill(entireProcessTree: true);
    }

    /// <summary>A program refused memory by the kernel says so and gives up; one ended by a signal did not choose to.</summary>
    private SandboxOutcome Natural(int exitCode)
    {
        var errors = _errors.ToString();
        if (exitCode != 0
            && (Has("out of memory") || Has("OutOfMemory") || Has("Cannot allocate memory") || Has("bad_alloc") || Has("MemoryError")
                || Has("memory exhausted")))
            return SandboxOutcome.OutOfMemory;
        return exitCode > 128 ? SandboxOutcome.Killed : SandboxOutcome.Exited;

        bool Has(string word) => errors.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    private async Task PumpErrorsAsync()
    {
        var buffer = new char[1024];
        try
        {
            while (await _process.StandardError.ReadAsync(buffer) is > 0 and var read)
            {
                lock (_lock)
                {
                    _errors.Append(buffer, 0, read);
                    if (_errors.Length > TailLength)
                        _errors.Remove(0, _errors.Length - TailLength);
                }
            }
        }
        catch (IOException)
        {
            // The pipe broke with the process: what was read is the tail.
        }
    }
}
