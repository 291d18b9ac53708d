using System.Runtime.InteropServices;

namespace Cairn.Bench;

/// <summary>
/// Two clocks of Linux that .NET does not offer: a sleep that is exact to some microseconds, and the processor time of another process to
/// the nanosecond (.NET's own count goes in steps of 10 ms).
/// </summary>
internal static class LinuxClock
{
    /// <summary>Less than a second; a signal may end it sooner.</summary>
    public static void Sleep(TimeSpan time)
    {
        var wanted = new Timespec { Nanoseconds = (long)(time.TotalMicroseconds * 1000) };
        _ = nanosleep(ref wanted, 0);
    }

    /// <summary>The kernel may wake this thread so much too late, to save a wake-up: usually 50 microseconds.</summary>
    public static void WakeAtOnce() => _ = prctl(SetTimerSlack, 1, 0, 0, 0);

    /// <summary>Of all threads, also of those that have ended.</summary>
    public static TimeSpan ProcessorOf(int process)
        => clock_gettime((~process << 3) | AllThreads, out var time) == 0
            ? TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick))
            : throw new BenchException($"Process {process} has ended.");

    private const int SetTimerSlack = 29;

    /// <summary>clock_getcpuclockid(3): the clock of a process is its number, inverted, above three bits for what is counted.</summary>
    private const int AllThreads = 2;

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int nanosleep(ref Timespec wanted, nint left);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int clock_gettime(int clock, out Timespec time);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int prctl(int option, nuint a, nuint b, nuint c, nuint d);
}
