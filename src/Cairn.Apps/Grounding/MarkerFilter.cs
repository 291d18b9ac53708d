using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Cairn.Apps;

/// <summary>
/// Takes the citation markers (<c>[1]</c>, <c>[2, 3]</c>, <c>[passage 4]</c>, <c>【5】</c>) out of a streamed text, however it is cut, and
/// remembers where they stood. Numbers that no passage has are dropped. The pieces it gives, joined, are <see cref="Text"/>.
/// </summary>
internal sealed partial class MarkerFilter(int passages)
{
    private const int LongestMarker = 48;

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _held = new();
    private readonly List<Marker> _markers = [];
    private bool _afterMarker;

    public string Text => _text.ToString();

    public IReadOnlyList<Marker> Markers => _markers;

    /// <returns>What can be shown now.</returns>
    public string Accept(string piece)
    {
        var from = _text.Length;
        foreach (var c in piece)
            Accept(c);
        return _text.ToString(from, _text.Length - from);
    }

    /// <returns>What was still held back, except white space at the end.</returns>
    public string Finish()
    {
        var from = _text.Length;
        var rest = _held.ToString().TrimEnd();
        _held.Clear();
        Write(rest);
        return _text.ToString(from, _text.Length - from);
    }

    private void Accept(char c)
    {
        if (_held.Length > 0 && InMarker())
        {
            if (c is '[' or '【')
                Release();
            _held.Append(c);
            if (c is ']' or '】')
                Close();
            else if (_held.Length > LongestMarker || !(MayBeInMarker(c) || c is '[' or '【'))
                Release();
            return;
        }
        // White space waits: before a marker it goes with it ("days [1]." is "days.").
        if (c is ' ' or '\t' or '[' or '【')
        {
            if (_afterMarker && c is ' ' or '\t' && AtLineStart())
                return;
            _held.Append(c);
            return;
        }
        Release();
        Write(c.ToString());
    }

    private void Close()
    {
        var held = _held.ToString();
        var match = Form().Match(held.TrimStart());
        if (!match.Success)
        {
            Release();
            return;
        }
        _held.Clear();
        _afterMarker = true;
        var numbers = Numbers(match.Groups[1].Value).Where(n => n >= 1 && n <= passages).Distinct().ToImmutableArray();
        if (!numbers.IsEmpty)
            _markers.Add(new(_text.Length, numbers));
        if (AtLineStart() && held.Length > held.TrimStart().Length)
            Write(held[..^held.TrimStart().Length]);
    }

    private void Release()
    {
        var held = _held.ToString();
        _held.Clear();
        Write(held);
    }

    private void Write(string text)
    {
        if (text.Length == 0)
            return;
        _afterMarker = false;
        _text.Append(text);
    }

    private bool InMarker()
    {
        for (var i = 0; i < _held.Length; i++)
        {
            if (_held[i] is '[' or '【')
                return true;
        }
        return false;
    }

    private bool AtLineStart() => _text.Length == 0 || _text[^1] == '\n';

    private static bool MayBeInMarker(char c)
        => char.IsAsciiLetterOrDigit(c) || c is ' ' or ',' or ';' or '-' or '–' or '^' or '†' or '#' or ':';

    private static IEnumerable<int> Numbers(string list)
    {
        foreach (var item in list.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = Digits().Matches(item).Select(m => int.Parse(m.ValueSpan, CultureInfo.InvariantCulture)).ToList();
            if (ends.Count == 2 && ends[1] >= ends[0] && ends[1] - ends[0] < 20)
            {
                for (var n = ends[0]; n <= ends[1]; n++)
                    yield return n;
            }
            else
            {
                foreach (var n in ends)
                    yield return n;
            }
        }
    }

    [GeneratedRegex(@"^[\[【]\s*(?:\^|#|(?:passages?|sources?|quelle|p)\s*[:#]?\s*)?(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)\s*(?:†[^\]】]*)?[\]】]$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Form();

    [GeneratedRegex(@"\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
