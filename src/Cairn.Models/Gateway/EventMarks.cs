namespace Cairn.Models;

/// <summary>What an event of a stream may hold beside the words that it passes.</summary>
[Flags]
internal enum EventMarks
{
    None = 0,

    /// <summary>A choice's reason to stop, though it be null.</summary>
    Reason = 1,

    /// <summary>The type of an event that ends the stream.</summary>
    End = 2,

    Error = 4,

    Usage = 8,

    All = Reason | End | Error | Usage,
}
