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

    /// <summary>What is in the way is the caller's to mend (a name that is taken), unless it is another process.</summary>
    public static int Of(CairnException error) => error.Kind switch
    {
        ErrorKind.Environment => Environment,
        ErrorKind.Conflict when error.Code.StartsWith("workspace.", StringComparison.Ordinal)
            || error.Code.StartsWith("database.", StringComparison.Ordinal) => Environment,
        ErrorKind.NotPermitted or ErrorKind.NotSignedIn => NotPermitted,
        _ => Usage,
    };
}
