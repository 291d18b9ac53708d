namespace Cairn.Models;

internal enum ReplayMatch
{
    /// <summary>Same method, path and body (the order of members aside).</summary>
    Strict,

    /// <summary>Same method and path, and the body whose words are most like it, at least half of them.</summary>
    Fuzzy,
}
