namespace Cairn.Server;

/// <summary>
/// The version of <c>/api/v1</c> that command line and server must share; it grows with a change that an older command can't read.
/// </summary>
public static class ApiProtocol
{
    public const int Version = 1;
}
