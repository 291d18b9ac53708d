using System.Text;

namespace Cairn.Learning;

/// <summary>
/// Reads separated values (RFC 4180, with any of the usual separators and line ends). The bytes are kept, every cell is noted by its place,
/// and then each column is read as the first of integer, number, truth and date that all its cells are, else as text: no cell is ever read
/// twice into different types.
/// </summary>
internal sealed class Csv
{
    private readonly byte[] _bytes;
    private readonly int _length;
    private readonly CsvOptions _options;
    private readonly byte _delimiter;
    private readonly List<CsvCells> _columns = [];
    private readonly List<string> _names = [];
    private int _at, _line = 1;

    private Csv(byte[] bytes, int length, CsvOptions options)
    {
        (_bytes, _length, _options) = (bytes, length, options);
        _at = bytes.AsSpan(0, length).StartsWith("\uFEFF"u8) ? 3 : 0;
        _delimiter = (byte)(options.Delimiter ?? CsvDialect.DelimiterOf(bytes.AsSpan(_at, length - _at)));
    }

    /// <exception cref="BadInputException">Not separated values; the message names the line.</exception>
    public static Frame Read(Stream stream, CsvOptions options)
    {
        var memory = new MemoryStream();
        stream.CopyTo(memory);
        return new Csv(memory.GetBuffer(), (int)memory.Length, options).Read();
    }

    private Frame Read()
    {
        if (_bytes.AsSpan(0, _length) is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]
            || _bytes.AsSpan(0, Math.Min(_length, 4096)).Contains((byte)0))
            throw new BadInputException("csv: this is no UTF-8 text (it holds zero bytes); save it as UTF-8.");
        ReadHeader();
        for (; _at < _length; _line++)
        {
            // An empty line is no row of one column's missing value, except where there is one column.
            if (_columns.Count > 1 && _bytes[_at] is (byte)'\r' or (byte)'\n')
            {
                SkipLineEnd();
                continue;
            }
            ReadRow();
        }
        var columns = new Column[_columns.Count];
        LearningThreads.For(columns.Length,
            c => columns[c] = new CsvColumnReader(_bytes, _columns[c], _options, _options.Text.Contains(_names[c])).Read());
        return new([.. _names.Zip(columns)]);
    }

    private void ReadHeader()
    {
        if (_at >= _length)
            throw new BadInputException("csv: the file is empty.");
        var begin = (_at, _line);
        var number = 0;
        for (var more = true; more; number++)
        {
            var cells = new CsvCells();
            more = ReadCell(cells);
            _columns.Add(new());
            _names.Add(_options.HasHeader ? cells.TextOf(_bytes, 0) : $"x{number}");
        }
        SkipLineEnd();
        if (_options.HasHeader)
            _line++;
        else
            (_at, _line) = begin;
        if (_names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new BadInputException($"csv: line 1 names the column '{twice.Key}' twice; rename one.") { Column = twice.Key };
    }

    private void ReadRow()
    {
        var line = _line;
        for (var c = 0; c < _columns.Count; c++)
        {
            var more = ReadCell(_columns[c]);
            if (more == (c == _columns.Count - 1))
                throw new BadInputException(
                    $"csv: line {line} has {(more ? "more" : $"{c + 1}")} fields where the first has {_columns.Count} (separated by '{Show(_delimiter)}').") { Row = _columns[0].Count - 1 };
        }
        SkipLineEnd();
    }

    /// <returns>Whether another cell of the row follows.</returns>
    private bool ReadCell(CsvCells cells)
    {
        if (_at < _length && _bytes[_at] == '"')
        {
            ReadQuoted(cells);
        }
        else
        {
            var rest = _bytes.AsSpan(_at, _length - _at);
            var end = rest.IndexOfAny(_delimiter, (byte)'\n', (byte)'\r');
            cells.Add(_at, end < 0 ? rest.Length : end, quoted: false);
            _at += end < 0 ? rest.Length : end;
        }
        if (_at >= _length || _bytes[_at] != _delimiter)
            return false;
        _at++;
        return true;
    }

    private void ReadQuoted(CsvCells cells)
    {
        var (start, line) = (_at + 1, _line);
        var at = start;
        while (true)
        {
            if (at >= _length)
                throw new BadInputException($"csv: the quote that opens in line {line} is never closed.");
            if (_bytes[at] == '"')
            {
                if (at + 1 >= _length || _bytes[at + 1] != '"')
                    break;
                at++;
            }
            else if (_bytes[at] == '\n')
            {
                _line++;
            }
            at++;
        }
        cells.Add(start, at - start, quoted: true);
        _at = at + 1;
        if (_at < _length && _bytes[_at] != _delimiter && _bytes[_at] is not ((byte)'\r' or (byte)'\n'))
            throw new BadInputException($"csv: line {_line} has text behind a closing quote; a quote within a cell is written twice.");
    }

    private void SkipLineEnd()
    {
        if (_at < _length && _bytes[_at] == '\r')
            _at++;
        if (_at < _length && _bytes[_at] == '\n')
            _at++;
    }

    private static string Show(byte delimiter) => delimiter == '\t' ? "tab" : Encoding.ASCII.GetString([delimiter]);
}
