using System.Globalization;

namespace Cairn.Sandbox;

/// <summary>Memory of a process and all below it, from <c>/proc</c>.</summary>
internal static class ProcessTree
{
    private static readonly long PageSize = Environment.SystemPageSize;

    /// <returns>Resident bytes that are not shared with files; 0 where <c>/proc</c> is missing or the process has ended.</returns>
    public static long Memory(int process)
    {
        long bytes = 0;
        var open = new Stack<int>([process]);
        for (var seen = 0; open.Count > 0 && seen < 1000; seen++)
        {
            var id = open.Pop();
            bytes += Resident(id);
            foreach (var child in Children(id))
                open.Push(child);
        }
        return bytes;
    }

    private static long Resident(int id)
    {
        var fields = Read($"/proc/{id}/statm").Split(' ');
        return fields.Length > 2
            && long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var resident)
            && long.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var shared)
            ? (resident - shared) * PageSize
            : 0;
    }

    private static IEnumerable<int> Children(int id)
    {
        var tasks = $"/proc/{id}/task";
        if (!Directory.Exists(tasks))
            yield break;
        string[] threads;
        try
        {
            threads = Directory.GetDirectories(tasks);
        }
        catch (IOException)
        {
            yield break;
        }
        foreach (var thread in threads)
        {
            foreach (var child in Read(thread + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (int.TryParse(child, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                    yield return number;
            }
        }
    }

    /// <summary>A process may end between being listed and being read.</summary>
    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
