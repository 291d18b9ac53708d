namespace Cairn.Knowledge;

/// <summary>Paths with every symbolic link on the way resolved.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>Null when the path does not exist, or its links turn in a circle.</summary>
    public static string? Of(string path)
    {
        var real = Path.GetPathRoot(Path.GetFullPath(path))!;
        var rest = new Stack<string>(Names(Path.GetFullPath(path)[real.Length..]));
        for (var links = 0; rest.TryPop(out var name);)
        {
            if (name == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }
            var next = Path.Join(real, name);
            var entry = new FileInfo(next);
            if (entry.LinkTarget is { } target)
            {
                if (++links > MostLinks)
                    return null;
                if (Path.IsPathRooted(target))
                {
                    real = Path.GetPathRoot(target)!;
                    target = target[real.Length..];
                }
                foreach (var part in Names(target))
                    rest.Push(part);
                continue;
            }
            if (!entry.Exists && !Directory.Exists(next))
                return null;
            real = next;
        }
        return real;
    }

    /// <summary>Last name first, as a stack takes them.</summary>
    private static IEnumerable<string> Names(string path)
        => path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Where(n => n != ".").Reverse();
}
