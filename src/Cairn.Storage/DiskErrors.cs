namespace Cairn.Storage;

internal static class DiskErrors
{
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public static bool IsFull(IOException error) => error.HResult is NoSpace or QuotaExceeded or WindowsDiskFull;

    public static CairnException Full(string path, Exception error) => new(
        ErrorKind.Environment, "disk.full", $"The disk under {path} is full; what was being written was taken back, nothing else is lost.",
        $"Free some space under {Path.GetDirectoryName(path)}, then try again.", error);
}
