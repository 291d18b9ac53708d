namespace Cairn.Knowledge;

/// <summary>Paths that come from outside: the names of uploads and of sources.</summary>
internal static class DocumentPath
{
    private const int Longest = 400;

    /// <returns>The path with forward slashes and without empty parts.</returns>
    /// <exception cref="CairnException">It climbs, is hidden, too long, or has characters that no path should have.</exception>
    public static string Clean(string path)
    {
        var names = path.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries).Select(n => n.Trim()).Where(n => n != ".")
            .ToArray();
        var clean = string.Join('/', names);
        if (names.Length == 0 || clean.Length > Longest || names.Any(n => n.Length == 0 || n.StartsWith('.'))
            || clean.Any(c => char.IsControl(c) || char.IsSurrogate(c) && !Paired(clean)))
            throw IngestErrors.InvalidPath(path);
        return clean;
    }

    public static string Source(string name)
    {
        if (name.Length is 0 or > 64 || !char.IsAsciiLetterOrDigit(name[0])
            || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
            throw IngestErrors.InvalidName(name);
        return name;
    }

    private static bool Paired(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (char.IsSurrogate(text[i]))
                return false;
        }
        return true;
    }
}
