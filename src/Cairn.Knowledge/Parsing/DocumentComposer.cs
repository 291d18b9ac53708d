using System.Collections.Immutable;
using System.Text;

namespace Cairn.Knowledge;

/// <summary>
/// Puts an extracted text together from its pieces and keeps their offsets. Blocks are separated by a blank line, neighbouring list items
/// and table rows by one line end. Inside a block of prose there are no line ends, so a line end in an extracted text always ends a
/// sentence.
/// </summary>
internal sealed class DocumentComposer
{
    private readonly ImmutableArray<Block>.Builder _blocks = ImmutableArray.CreateBuilder<Block>();
    private readonly List<string> _notices = [];
    private readonly ReadingWriter _writer;
    private BlockKind _open;
    private int _before;
    private int _start;

    public DocumentComposer(int capacity = 1024)
    {
        Text = new StringBuilder(Math.Max(capacity, 16));
        _writer = new ReadingWriter(Text);
    }

    public StringBuilder Text { get; }

    public int Blocks => _blocks.Count;

    public Block? Last => _blocks.Count > 0 ? _blocks[^1] : null;

    public void Notice(string notice) => _notices.Add(notice);

    /// <summary>Adds a block; text that is blank once cleaned adds nothing.</summary>
    public void Add(BlockKind kind, ReadOnlySpan<char> text, int level = 0, int? page = null, Whitespace whitespace = Whitespace.Flow)
    {
        Open(kind, whitespace).Append(whitespace == Whitespace.Keep ? text.TrimEnd() : text);
        Close(level, page);
    }

    /// <summary>Begins a block whose text comes in parts, until <see cref="Close"/>.</summary>
    public ReadingWriter Open(BlockKind kind, Whitespace whitespace = Whitespace.Flow)
    {
        (_open, _before) = (kind, Begin(kind));
        _start = Text.Length;
        _writer.Begin(whitespace);
        return _writer;
    }

    /// <summary>Ends the opened block; without text it was none.</summary>
    public void Close(int level = 0, int? page = null)
    {
        if (_writer.IsEmpty)
            Text.Length = _before;
        else
            _blocks.Add(new Block(_open, _start, Text.Length, level, page));
    }

    /// <summary>Writes what separates a block of this kind from the one before.</summary>
    /// <returns>The length to go back to when nothing follows.</returns>
    public int Begin(BlockKind kind)
    {
        var before = Text.Length;
        if (_blocks.Count > 0)
            Text.Append(Tight(_blocks[^1].Kind, kind) ? "\n" : "\n\n");
        return before;
    }

    /// <summary>Closes a block whose text the caller appended, already clean, after <see cref="Begin"/>.</summary>
    public void End(BlockKind kind, int start, int level = 0, int? page = null)
        => _blocks.Add(new Block(kind, start, Text.Length, level, page));

    public ParsedDocument Finish(string? title = null)
    {
        var text = Text.ToString();
        if (text.Length == 0)
            throw Unreadable.NoText();
        var first = _blocks.FirstOrDefault(b => b.Kind == BlockKind.Heading);
        return new ParsedDocument
        {
            Text = text,
            Title = string.IsNullOrWhiteSpace(title)
                ? first is null || first.Level > 2 ? null : text[first.Start..first.End]
                : ReadingText.Of(title),
            Blocks = _blocks.ToImmutable(),
            Notices = [.. _notices.Distinct()],
        };
    }

    private static bool Tight(BlockKind before, BlockKind kind)
        => (before == BlockKind.ListItem && kind == BlockKind.ListItem)
           || (before is BlockKind.TableHeader or BlockKind.TableRow && kind == BlockKind.TableRow);
}
