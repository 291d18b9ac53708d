using System.Globalization;
using System.Runtime.InteropServices;

namespace Cairn.Bench;

/// <summary>What Linux says of processes in <c>/proc</c>.</summary>
internal static class ProcessTable
{
    private const int ClockTicksPerSecond = 100;

    /// <summary>
    /// Processes whose <c>CAIRN_FIRSTRUN</c> is <paramref name="mark"/>, but the compiler's server, which outlives any build by design.
    /// </summary>
    public static List<int> WithEnvironment(string mark)
        => [.. All().Where(id => Read(id, "environ").Split('\0').Contains("CAIRN_FIRSTRUN=" + mark)
            && !CommandLine(id).Contains("VBCSCompiler", StringComparison.Ordinal))];

    public static IEnumerable<int> All()
        => Directory.EnumerateDirectories("/proc").Select(d => int.TryParse(Path.GetFileName(d), out var id) ? id : 0).Where(id => id > 0);

    public static string CommandLine(int id) => Read(id, "cmdline").Replace('\0', ' ');

    /// <summary>Processor time of the process and of its children that it has waited for.</summary>
    public static double Seconds(int id)
    {
        var text = Read(id, "stat");
        if (text.Length == 0)
            return 0;
        // proc(5): the name in parentheses may hold spaces; utime, stime, cutime, cstime are fields 14 to 17.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return fields[11..15].Sum(f => long.Parse(f, CultureInfo.InvariantCulture)) / (double)ClockTicksPerSecond;
    }

    /// <summary>Resident bytes without mappings of files whose path contains <paramref name="without"/>.</summary>
    public static long ResidentBytes(int id, string without)
    {
        long kilobytes = 0;
        var counted = true;
        foreach (var line in Read(id, "smaps").Split('\n'))
        {
            if (line.StartsWith("Rss:", StringComparison.Ordinal))
                kilobytes += counted
                    ? long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
                    : 0;
            else if (line.Length > 0 && (char.IsAsciiDigit(line[0]) || line[0] is >= 'a' and <= 'f'))
                counted = !line.Contains(without, StringComparison.Ordinal);
        }
        return kilobytes * 1024;
    }

    /// <summary>Processor seconds of all children of this process that have ended and been waited for, with theirs.</summary>
    public static double ChildrenSeconds()
    {
        const int children = -1;
        if (GetUsage(children, out var usage) != 0)
            throw new BenchException("getrusage failed.");
        return usage.UserSeconds + usage.SystemSeconds + ((usage.UserMicroseconds + usage.SystemMicroseconds) / 1e6);
    }

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended, or is another user's.
            return "";
        }
    }

    [DllImport("libc", EntryPoint = "getrusage", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetUsage(int who, out ResourceUsage usage);

    [StructLayout(LayoutKind.Sequential, Size = 144)]
    private struct ResourceUsage
    {
        public long UserSeconds;
        public long UserMicroseconds;
        public long SystemSeconds;
        public long SystemMicroseconds;
    }
}
