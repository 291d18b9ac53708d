using System.Globalization;

namespace Cairn.Knowledge;

/// <summary>
/// Cuts text into folded words, one at a time, without allocating:
/// <list type="bullet">
/// <item>a word is a run of letters, digits and combining marks; an apostrophe between letters and a point or comma between digits belong
/// to it (the comma is dropped: <c>1,000</c> is <c>1000</c>; a single letter before an apostrophe is an elision and dropped, but
/// <c>o'</c>);</item>
/// <item>words joined by hyphens or underscores are words of their own, and where the whole holds letters and digits (<c>NM-2041</c>) it
/// follows once more, joined (<c>nm2041</c>), so that a code is found exactly and by its parts;</item>
/// <item>Han and kana have no spaces: their runs become overlapping pairs.</item>
/// </list>
/// </summary>
internal ref struct Tokenizer(ReadOnlySpan<char> text, Span<char> buffer)
{
    /// <summary>Longer words are cut, so that base64 in a text does not fill the dictionary.</summary>
    public const int MaxLength = 40;

    /// <summary>Characters a caller's buffer needs: a word, a joined code, and room for folding.</summary>
    public const int BufferLength = (2 * MaxLength) + 16;

    private readonly ReadOnlySpan<char> _text = text;
    private readonly Span<char> _word = buffer[..(MaxLength + 8)];
    private readonly Span<char> _joined = buffer.Slice(MaxLength + 8, MaxLength + 8);
    private int _at;
    private int _length;
    private int _joinedLength;
    private int _joinedStart;
    private int _joinedParts;
    private bool _joinedLetters;
    private bool _joinedDigits;
    private bool _inIdeographs;

    /// <summary>The folded word, not stemmed; valid until the next <see cref="Read"/>. Has room behind it for the stemmer.</summary>
    public Span<char> Buffer { get; private set; }

    public readonly ReadOnlySpan<char> Word => Buffer[..Length];

    public int Length { get; private set; }

    /// <summary>Offset of the word in the text.</summary>
    public int Start { get; private set; }

    public int End { get; private set; }

    /// <summary>Only ASCII letters and apostrophes: the English stemmer applies.</summary>
    public bool IsAsciiWord { get; private set; }

    /// <summary>The joined form of a code whose parts were read before; it takes no room in the text.</summary>
    public bool IsJoined { get; private set; }

    public bool Read()
    {
        while (true)
        {
            if (_joinedParts > 0 && !ContinuesCompound())
            {
                var emit = _joinedParts > 1 && _joinedLetters && _joinedDigits && _joinedLength <= MaxLength;
                var (start, length) = (_joinedStart, _joinedLength);
                (_joinedParts, _joinedLength, _joinedLetters, _joinedDigits) = (0, 0, false, false);
                if (emit)
                    return Emit(_joined, length, start, _at, ascii: false, joined: true);
            }
            while (_at < _text.Length && !IsWordCharacter(_text[_at]))
                _at++;
            if (_at == _text.Length)
                return false;
            if (IsIdeograph(_text[_at]))
                return ReadPair();
            _inIdeographs = false;
            if (ReadWord())
                return true;
        }
    }

    private bool ReadWord()
    {
        var (start, letters, digits, ascii) = (_at, false, false, true);
        _length = 0;
        for (; _at < _text.Length; _at++)
        {
            var c = _text[_at];
            if (IsInvisible(c))
                continue;
            if (!IsWordCharacter(c) || IsIdeograph(c))
            {
                if (!BelongsInside(c))
                    break;
                if (c == ',')
                    continue;
                if (c == '.')
                {
                    Append('.');
                    ascii = false;
                    continue;
                }
                if (_length == 1 && _word[0] != 'o')
                {
                    _length = 0;
                    start = _at + 1;
                    continue;
                }
                Append('\'');
                continue;
            }
            if (char.IsAsciiLetter(c))
            {
                letters = true;
                Append((char)(c | 0x20));
            }
            else if (char.IsAsciiDigit(c))
            {
                (digits, ascii) = (true, false);
                Append(c);
            }
            else if (!IsMark(c))
            {
                AppendFolded(c, ref letters, ref digits, ref ascii);
            }
        }
        if (_length == 0)
            return false;
        Join(start, letters, digits);
        return Emit(_word, _length, start, _at, ascii, joined: false);
    }

    /// <summary>Pairs of ideographs; a lone one stands for itself.</summary>
    private bool ReadPair()
    {
        var start = _at++;
        var hasNext = _at < _text.Length && IsIdeograph(_text[_at]);
        if (!hasNext && _inIdeographs)
        {
            _inIdeographs = false;
            return Read();
        }
        _word[0] = _text[start];
        if (hasNext)
            _word[1] = _text[_at];
        _inIdeographs = hasNext;
        return Emit(_word, hasNext ? 2 : 1, start, hasNext ? _at + 1 : _at, ascii: false, joined: false);
    }

    private bool Emit(Span<char> buffer, int length, int start, int end, bool ascii, bool joined)
    {
        Buffer = buffer;
        (Length, Start, End, IsAsciiWord, IsJoined) = (length, start, end, ascii, joined);
        return true;
    }

    private void Join(int start, bool letters, bool digits)
    {
        if (_joinedParts++ == 0)
            _joinedStart = start;
        _joinedLetters |= letters;
        _joinedDigits |= digits;
        if (_joinedLength + _length <= _joined.Length)
            _word[.._length].CopyTo(_joined[_joinedLength..]);
        _joinedLength = Math.Min(_joinedLength + _length, MaxLength + 1);
    }

    /// <summary>At a hyphen or underscore with a word right behind it: steps over it.</summary>
    private bool ContinuesCompound()
    {
        if (_at + 1 >= _text.Length || _text[_at] is not ('-' or '_' or '\u2010' or '\u2011') || !IsWordCharacter(_text[_at + 1])
            || IsIdeograph(_text[_at + 1]))
            return false;
        _at++;
        return true;
    }

    private readonly bool BelongsInside(char c)
    {
        if (_length == 0 || _at + 1 >= _text.Length)
            return false;
        var (before, after) = (_text[_at - 1], _text[_at + 1]);
        return c switch
        {
            '\'' or '\u2019' => char.IsLetter(before) && char.IsLetter(after) && !IsIdeograph(after),
            '.' or ',' => char.IsAsciiDigit(before) && char.IsAsciiDigit(after),
            _ => false,
        };
    }

    private void Append(char c)
    {
        if (_length < MaxLength)
            _word[_length++] = c;
    }

    private void AppendFolded(char c, ref bool letters, ref bool digits, ref bool ascii)
    {
        Span<char> folded = stackalloc char[3];
        var count = Folding.Fold(c, folded);
        for (var i = 0; i < count; i++)
        {
            Append(folded[i]);
            if (char.IsDigit(folded[i]))
                digits = true;
            else
                letters = true;
            ascii &= char.IsAsciiLetter(folded[i]);
        }
    }

    private static bool IsWordCharacter(char c)
        => c < 0x80 ? char.IsAsciiLetterOrDigit(c) : char.IsLetterOrDigit(c) || char.IsSurrogate(c) || (IsMark(c) && !IsInvisible(c));

    private static bool IsMark(char c)
        => c >= 0x300
            && char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark;

    /// <summary>Soft hyphen, zero-width characters, byte order mark: nobody sees them, so they do not part words.</summary>
    private static bool IsInvisible(char c) => c is '\u00AD' or (>= '\u200B' and <= '\u200D') or '\u2060' or '\uFEFF';

    private static bool IsIdeograph(char c)
        => c is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF')
            or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF66' and <= '\uFF9D');
}
