using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cairn.Models;

/// <summary>
/// A JSON text while it arrives. What is complete can be read at any time: a text that still grows counts as far as it goes, a number or
/// literal only when it has ended (1 may become 12), a member only when its value has begun.
/// </summary>
internal sealed class PartialJson
{
    private readonly StringBuilder _text = new();
    private readonly Stack<char> _open = new();

    /// <summary>Up to here everything is complete once the open containers are closed.</summary>
    private int _complete;
    private int _closersAt;
    private bool _inString;
    private bool _isName;
    private int _escape;
    private bool _expectsName;
    private int _shown;

    /// <returns>What is complete, when enough has come since the last time (a 32nd more, so that a long stream costs n log n), else
    /// null.</returns>
    public JsonNode? Append(string piece)
    {
        foreach (var c in piece)
            Read(c);
        if (_text.Length < _shown + Math.Max(1, _shown / 32))
            return null;
        _shown = _text.Length;
        return Snapshot();
    }

    /// <returns>null while nothing is complete, and for what is no JSON.</returns>
    public JsonNode? Snapshot()
    {
        var growing = _inString && !_isName;
        var end = growing ? _text.Length - _escape : _complete;
        // Half of a surrogate pair waits for the other.
        if (growing && end > 0 && char.IsHighSurrogate(_text[end - 1]))
            end--;
        var text = new StringBuilder().Append(_text, 0, end);
        if (growing)
            text.Append('"');
        var open = _open.ToArray();
        for (var i = growing ? 0 : open.Length - _closersAt; i < open.Length; i++)
            text.Append(open[i]);
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text.ToString());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Read(char c)
    {
        if (_open.Count == 0 && _text.Length == 0 && c is not ('{' or '['))
            return;
        _text.Append(c);
        if (_inString)
        {
            ReadInString(c);
            return;
        }
        switch (c)
        {
            case '"':
                _inString = true;
                _isName = _expectsName;
                break;
            case '{' or '[':
                _open.Push(c == '{' ? '}' : ']');
                _expectsName = c == '{';
                Complete(_text.Length);
                break;
            case '}' or ']':
                if (_open.Count > 0)
                    _open.Pop();
                _expectsName = false;
                Complete(_text.Length);
                break;
            case ',':
                Complete(_text.Length - 1);
                _expectsName = _open.Count > 0 && _open.Peek() == '}';
                break;
            case ':':
                _expectsName = false;
                break;
        }
    }

    private void ReadInString(char c)
    {
        if (_escape > 0)
        {
            // \u has four digits behind it, every other escape is two characters.
            _escape = _escape == 1 && c != 'u' ? 0 : _escape == 5 ? 0 : _escape + 1;
            return;
        }
        if (c == '\\')
            _escape = 1;
        else if (c == '"')
        {
            _inString = false;
            if (!_isName)
                Complete(_text.Length);
        }
    }

    private void Complete(int length)
    {
        _complete = length;
        _closersAt = _open.Count;
    }
}
