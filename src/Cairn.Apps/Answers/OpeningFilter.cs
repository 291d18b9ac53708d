using System.Text;

namespace Cairn.Apps;

/// <summary>
/// Holds back the beginning of a streamed text until it is clear whether it opens with a phrase; what follows the phrase is dropped.
/// </summary>
internal sealed class OpeningFilter(string phrase)
{
    private readonly StringBuilder _held = new();
    private bool _passes;

    /// <summary>The text opened with the phrase.</summary>
    public bool Matched { get; private set; }

    /// <returns>What can go on.</returns>
    public string Accept(string piece)
    {
        if (_passes)
            return piece;
        if (Matched)
            return "";
        _held.Append(piece);
        var start = _held.ToString().TrimStart(' ', '\n', '\r', '\t', '*', '"', '#', '>');
        if (start.StartsWith(phrase, StringComparison.OrdinalIgnoreCase))
        {
            Matched = true;
            return "";
        }
        if (phrase.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            return "";
        _passes = true;
        return _held.ToString().TrimStart();
    }

    /// <returns>What was held back to the end.</returns>
    public string Finish() => _passes || Matched ? "" : _held.ToString().TrimStart();
}
