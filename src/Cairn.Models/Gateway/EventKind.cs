namespace Cairn.Models;

internal enum EventKind
{
    /// <summary>Comments and fields other than data.</summary>
    Comment,

    Data,

    /// <summary>OpenAI's chunk that holds nothing but usage: it exists only where it was asked for.</summary>
    UsageOnly,
}
