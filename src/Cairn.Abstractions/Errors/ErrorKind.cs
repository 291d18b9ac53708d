namespace Cairn.Abstractions;

/// <summary>What a caller can do about an error; decides the exit code on the command line and the status over HTTP.</summary>
public enum ErrorKind
{
    /// <summary>The input or the usage is wrong. Exit 2, HTTP 400.</summary>
    Input,

    /// <summary>The thing named does not exist (or the caller may not know that it does). Exit 2, HTTP 404.</summary>
    NotFound,

    /// <summary>Nobody is signed in. Exit 4, HTTP 401.</summary>
    NotSignedIn,

    /// <summary>The caller has no right to this. Exit 4, HTTP 403.</summary>
    NotPermitted,

    /// <summary>The content existed and was erased. Exit 2, HTTP 410.</summary>
    Gone,

    /// <summary>Something else holds or changed it. Exit 3, HTTP 409.</summary>
    Conflict,

    /// <summary>The input is larger than the limit. Exit 2, HTTP 413.</summary>
    TooLarge,

    /// <summary>Port, provider, missing program, full disk, damaged state. Exit 3, HTTP 503.</summary>
    Environment,
}
