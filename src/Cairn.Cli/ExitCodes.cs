namespace Cairn.Cli;

internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The result is no: a check failed, some files could not be ingested.</summary>
    public const int No = 1;

    public const int Usage = 2;

    /// <summary>Port, provider, missing program, full disk, damaged state.</summary>
    public const int Environment = 3;

    public const int NotPermitted = 4;

    public static int Of(ErrorKind kind) => kind switch
    {
        ErrorKind.Environment or ErrorKind.Conflict => Environment,
        ErrorKind.NotPermitted or ErrorKind.NotSignedIn => NotPermitted,
        _ => Usage,
    };
}
