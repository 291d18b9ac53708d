namespace Cairn.Knowledge;

internal static class Presence
{
    /// <summary>
    /// True only when there is surely no file: a folder that may not be read, or a disk that fails, is no reason to forget a document.
    /// </summary>
    public static bool IsGone(string file)
    {
        try
        {
            if (file.Contains('\uFFFD', StringComparison.Ordinal))
                return !Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(file)!).Contains(file);
            return File.GetAttributes(file).HasFlag(FileAttributes.Directory);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
