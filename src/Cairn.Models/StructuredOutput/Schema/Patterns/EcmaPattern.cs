using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Cairn.Models;

/// <summary>
/// Translates a regular expression of ECMA-262 (flag <c>u</c>) into .NET's: classes are ASCII, a dot and a negated class take whole code
/// points, <c>$</c> is the end only. More lenient than the specification in one way: punctuation may be escaped without need, as many
/// schemas do.
/// </summary>
internal sealed class EcmaPattern
{
    private readonly string _source;
    private readonly StringBuilder _out = new();
    private int _at;
    private bool _backtracks;
    private bool _refersBack;
    private long _repetitions = 1;

    private EcmaPattern(string source) => _source = source;

    /// <exception cref="FormatException">What is wrong, and where.</exception>
    public static TranslatedPattern Translate(string source)
    {
        var pattern = new EcmaPattern(source);
        pattern.ReadAll();
        return new(pattern._out.ToString(), pattern._backtracks, pattern._refersBack, pattern._repetitions);
    }

    private void ReadAll()
    {
        var open = 0;
        while (_at < _source.Length)
        {
            var c = _source[_at];
            switch (c)
            {
                case '(':
                    ReadGroupStart();
                    open++;
                    break;
                case ')':
                    if (--open < 0)
                        throw Error("')' closes nothing");
                    _out.Append(')');
                    _at++;
                    break;
                case '[':
                    ReadClass();
                    break;
                case '.':
                    _out.Append(CharacterClass.LineEnd.Write(negated: true));
                    _at++;
                    break;
                case '$':
                    _out.Append(@"\z");
                    _at++;
                    break;
                case '{':
                    ReadRepetition();
                    break;
                case '\\':
                    ReadEscape();
                    break;
                case '^' or '|' or '*' or '+' or '?':
                    _out.Append(c);
                    _at++;
                    break;
                default:
                    Literal(ReadCodePoint());
                    break;
            }
        }
        if (open > 0)
            throw Error("a group is not closed");
    }

    private void ReadGroupStart()
    {
        foreach (var kind in new[] { "(?:", "(?=", "(?!", "(?<=", "(?<!" })
        {
            if (string.CompareOrdinal(_source, _at, kind, 0, kind.Length) != 0)
                continue;
            _backtracks |= kind != "(?:";
            _out.Append(kind);
            _at += kind.Length;
            return;
        }
        if (_at + 1 < _source.Length && _source[_at + 1] == '?')
        {
            var name = Regex.Match(_source[_at..], @"^\(\?<([A-Za-z_$][A-Za-z0-9_$]*)>", RegexOptions.NonBacktracking);
            if (!name.Success || name.Groups[1].Value.Contains('$', StringComparison.Ordinal))
                throw Error("an unknown kind of group");
            _out.Append(name.Value);
            _at += name.Length;
            return;
        }
        _out.Append('(');
        _at++;
    }

    private void ReadRepetition()
    {
        var braces = Regex.Match(_source[_at..], @"^\{([0-9]{1,9})(,([0-9]{0,9}))?\}", RegexOptions.NonBacktracking);
        if (!braces.Success)
        {
            Literal(ReadCodePoint());
            return;
        }
        var most = Math.Max(int.Parse(braces.Groups[1].Value, CultureInfo.InvariantCulture),
            braces.Groups[3].Length > 0 ? int.Parse(braces.Groups[3].Value, CultureInfo.InvariantCulture) : 0);
        _repetitions = Math.Min(int.MaxValue, _repetitions * Math.Max(1, most));
        _out.Append(braces.Value);
        _at += braces.Length;
    }

    private void ReadEscape()
    {
        var c = Peek(1);
        switch (c)
        {
            case 'd' or 'D' or 'w' or 'W' or 's' or 'S':
                _out.Append(ShortClass(c).Write(char.IsAsciiLetterUpper(c)));
                _at += 2;
                break;
            case 'b' or 'B':
                // .NET's own word boundary knows letters beyond ASCII.
                _out.Append(c == 'b'
                    ? "(?:(?<=[0-9A-Za-z_])(?![0-9A-Za-z_])|(?<![0-9A-Za-z_])(?=[0-9A-Za-z_]))"
                    : "(?:(?<=[0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<![0-9A-Za-z_])(?![0-9A-Za-z_]))");
                _backtracks = true;
                _at += 2;
                break;
            case 'p' or 'P':
                var set = new CharacterClass();
                ReadCategory(set, c == 'P');
                _out.Append(set.Write(negated: false));
                break;
            case 'k':
                var name = Regex.Match(_source[_at..], @"^\\k<[A-Za-z_][A-Za-z0-9_]*>", RegexOptions.NonBacktracking);
                if (!name.Success)
                    throw Error("\\k wants a group's name");
                ReferBack(name.Value);
                break;
            case >= '1' and <= '9':
                ReferBack(Regex.Match(_source[_at..], @"^\\[0-9]+", RegexOptions.NonBacktracking).Value);
                break;
            default:
                Literal(ReadCharacterEscape());
                break;
        }
    }

    private void ReferBack(string reference)
    {
        _out.Append("(?:").Append(reference).Append(')');
        _at += reference.Length;
        _backtracks = _refersBack = true;
    }

    private void ReadClass()
    {
        var start = _at++;
        var negated = Peek(0) == '^';
        if (negated)
            _at++;
        var set = new CharacterClass();
        while (true)
        {
            if (_at >= _source.Length)
                throw new FormatException($"the class at {start} is not closed");
            if (_source[_at] == ']')
                break;
            if (ReadClassSet(set))
                continue;
            var from = ReadClassCharacter();
            if (Peek(0) != '-' || Peek(1) == ']' || _at + 1 >= _source.Length)
            {
                set.Add(from, from);
                continue;
            }
            _at++;
            if (_source[_at] == '\\' && Peek(1) is 'd' or 'D' or 'w' or 'W' or 's' or 'S' or 'p' or 'P' && _source[_at] == '\\')
            {
                set.Add(from, from).Add('-', '-');
                continue;
            }
            var to = ReadClassCharacter();
            if (to < from)
                throw Error("a range runs backwards");
            set.Add(from, to);
        }
        _at++;
        _out.Append(set.Write(negated));
    }

    private bool ReadClassSet(CharacterClass set)
    {
        if (_source[_at] != '\\')
            return false;
        var c = Peek(1);
        if (c is 'p' or 'P')
        {
            ReadCategory(set, c == 'P');
            return true;
        }
        if (c is not ('d' or 'D' or 'w' or 'W' or 's' or 'S'))
            return false;
        set.AddAll(char.IsAsciiLetterUpper(c) ? ShortClass(c).Complement() : ShortClass(c));
        _at += 2;
        return true;
    }

    private int ReadClassCharacter()
    {
        if (_source[_at] != '\\')
            return ReadCodePoint();
        if (Peek(1) != 'b')
            return ReadCharacterEscape();
        _at += 2;
        return '\b';
    }

    private static CharacterClass ShortClass(char c) => char.ToLowerInvariant(c) switch
    {
        'd' => CharacterClass.Digit,
        'w' => CharacterClass.Word,
        _ => CharacterClass.Space,
    };

    private void ReadCategory(CharacterClass set, bool negated)
    {
        var name = Regex.Match(_source[_at..], @"^\\[pP]\{([A-Za-z0-9_=]+)\}", RegexOptions.NonBacktracking);
        if (!name.Success)
            throw Error(@"\p wants a property in braces");
        var category = UnicodeCategories.Find(name.Groups[1].Value)
            ?? throw Error($"the Unicode property {name.Groups[1].Value} is not supported (general categories are)");
        set.AddCategory(category, negated);
        _at += name.Length;
    }

    /// <summary>An escape that means one character.</summary>
    private int ReadCharacterEscape()
    {
        var c = Peek(1);
        var simple = c switch { 't' => 9, 'n' => 10, 'v' => 11, 'f' => 12, 'r' => 13, '0' when !char.IsAsciiDigit(Peek(2)) => 0, _ => -1 };
        if (simple < 0 && c is 'c' && char.IsAsciiLetter(Peek(2)))
        {
            _at += 3;
            return _source[_at - 1] % 32;
        }
        if (simple < 0 && c is 'x')
            return ReadHex(2, 2);
        if (simple < 0 && c is 'u')
            return ReadUnicodeEscape();
        if (simple < 0 && (char.IsAsciiLetterOrDigit(c) || c == '\0'))
            throw Error(c == '\0' ? "it ends in a backslash" : $"\\{c} is no escape");
        if (simple >= 0)
        {
            _at += 2;
            return simple;
        }
        _at++;
        return ReadCodePoint();
    }

    private int ReadUnicodeEscape()
    {
        if (Peek(2) == '{')
        {
            var braces = Regex.Match(_source[_at..], @"^\\u\{([0-9A-Fa-f]{1,6})\}", RegexOptions.NonBacktracking);
            if (!braces.Success || Hex(braces.Groups[1].Value) > 0x10FFFF)
                throw Error(@"\u{...} wants a code point");
            _at += braces.Length;
            return Hex(braces.Groups[1].Value);
        }
        var unit = ReadHex(2, 4);
        if (char.IsHighSurrogate((char)unit) && Peek(0) == '\\' && Peek(1) == 'u' && Peek(2) != '{')
        {
            var low = ReadHex(2, 4);
            if (char.IsLowSurrogate((char)low))
                return char.ConvertToUtf32((char)unit, (char)low);
            throw Error("half of a surrogate pair");
        }
        return unit;
    }

    private int ReadHex(int skip, int digits)
    {
        var start = _at + skip;
        if (start + digits > _source.Length || !_source.AsSpan(start, digits).ToString().All(char.IsAsciiHexDigit))
            throw Error($"{digits} hexadecimal digits are wanted");
        _at = start + digits;
        return Hex(_source.Substring(start, digits));
    }

    private static int Hex(string digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private int ReadCodePoint()
    {
        if (!Rune.TryGetRuneAt(_source, _at, out var rune))
            return _source[_at++];
        _at += rune.Utf16SequenceLength;
        return rune.Value;
    }

    private void Literal(int codePoint) => _out.Append(codePoint > 0xFFFF
        ? new CharacterClass().Add(codePoint, codePoint).Write(negated: false)
        : codePoint < 128 && char.IsAsciiLetterOrDigit((char)codePoint)
            ? ((char)codePoint).ToString()
            : @"\u" + codePoint.ToString("X4", CultureInfo.InvariantCulture));

    private char Peek(int ahead) => _at + ahead < _source.Length ? _source[_at + ahead] : '\0';

    private FormatException Error(string what) => new($"{what}, at character {_at}");
}
