using System.Collections.Immutable;
using Cairn.Knowledge;

namespace Cairn.Server;

/// <summary>
/// Neighbouring blocks that are shown as one thing: the rows of a table, the items of a list; everything else stands alone.
/// </summary>
internal sealed record TextGroup(BlockKind Kind, ImmutableArray<Block> Blocks)
{
    public static ImmutableArray<TextGroup> Of(DocumentText text)
    {
        var blocks = text.Blocks.IsEmpty ? Paragraphs(text.Text) : text.Blocks;
        var groups = ImmutableArray.CreateBuilder<TextGroup>();
        foreach (var block in blocks)
        {
            var kind = block.Kind == BlockKind.TableHeader ? BlockKind.TableRow : block.Kind;
            var joins = kind is BlockKind.ListItem || (kind is BlockKind.TableRow && block.Kind != BlockKind.TableHeader);
            if (joins && groups.Count > 0 && groups[^1].Kind == kind)
                groups[^1] = groups[^1] with { Blocks = groups[^1].Blocks.Add(block) };
            else
                groups.Add(new TextGroup(kind, [block]));
        }
        return groups.ToImmutable();
    }

    /// <summary>The item's text begins with its number ("3. "), which stands for the bullet.</summary>
    public static bool IsNumbered(string text, Block item)
    {
        var rest = text.AsSpan(item.Start, item.End - item.Start);
        var behind = rest.IndexOfAnyExceptInRange('0', '9');
        return behind > 0 && rest[behind..].StartsWith(". ");
    }

    /// <summary>
    /// A row's cells by offsets; cells are separated by " | ". Where a cell repeats its column's head ("Basis: hour"), <c>Value</c> is
    /// behind it, else it is <c>Start</c>.
    /// </summary>
    public ImmutableArray<(int Start, int Value, int End)> Cells(string text, Block row)
    {
        var heads = row.Kind != BlockKind.TableHeader && Blocks[0].Kind == BlockKind.TableHeader ? Split(text, Blocks[0]) : [];
        return
        [
            .. Split(text, row).Select((cell, i) =>
            {
                var head = i < heads.Length ? string.Concat(text.AsSpan(heads[i].Start, heads[i].End - heads[i].Start), ": ") : null;
                var repeats = head is not null && string.CompareOrdinal(text, cell.Start, head, 0, head.Length) == 0
                    && cell.Start + head.Length <= cell.End;
                return (cell.Start, repeats ? cell.Start + head!.Length : cell.Start, cell.End);
            }),
        ];
    }

    private static ImmutableArray<(int Start, int End)> Split(string text, Block row)
    {
        const string Separator = " | ";
        var cells = ImmutableArray.CreateBuilder<(int, int)>();
        var at = row.Start;
        while (true)
        {
            var next = text.IndexOf(Separator, at, row.End - at, StringComparison.Ordinal);
            cells.Add((at, next < 0 ? row.End : next));
            if (next < 0)
                return cells.ToImmutable();
            at = next + Separator.Length;
        }
    }

    private static ImmutableArray<Block> Paragraphs(string text)
    {
        var blocks = ImmutableArray.CreateBuilder<Block>();
        var at = 0;
        while (at < text.Length)
        {
            var end = text.IndexOf("\n\n", at, StringComparison.Ordinal) is var found and >= 0 ? found : text.Length;
            if (end > at)
                blocks.Add(new Block(BlockKind.Paragraph, at, end));
            at = end + 2;
        }
        return blocks.ToImmutable();
    }
}
