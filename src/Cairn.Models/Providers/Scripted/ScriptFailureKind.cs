namespace Cairn.Models;

public enum ScriptFailureKind
{
    /// <summary>Says nothing more, until a time limit ends it.</summary>
    Hang,

    /// <summary>The connection ends in the middle of the answer.</summary>
    Close,

    /// <summary>A web page instead of an answer, as a wrong address or a proxy gives.</summary>
    Html,

    /// <summary>An HTTP status such as 429 or 500.</summary>
    Status,
}
