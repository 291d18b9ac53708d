using System.Buffers;
using Markdig;

namespace Cairn.Knowledge;

/// <summary>
/// Markdig with the extensions that a text could make use of. Each one costs every text (the one for bare links stops at every letter that
/// an address may begin with), and most texts use few: one that holds no sign of an extension reads the same without it.
/// </summary>
internal static class MarkdownPipelines
{
    private static readonly SearchValues<string> Emphasis = SearchValues.Create(["~", "^", "++", "=="], StringComparison.Ordinal);

    private static readonly SearchValues<string> Addresses = SearchValues.Create(["://", "www.", "mailto:", "tel:"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>In the order in which Markdig gets them, which decides between two that want the same text.</summary>
    private static readonly (Func<string, bool> MayUse, Func<MarkdownPipelineBuilder, MarkdownPipelineBuilder> Add)[] Extensions =
    [
        (static text => text.Contains('|', StringComparison.Ordinal), static b => b.UsePipeTables()),
        (static text => text.Contains('+', StringComparison.Ordinal), static b => b.UseGridTables()),
        (static text => text.AsSpan().ContainsAny(Emphasis), static b => b.UseEmphasisExtras()),
        (static text => text.Contains('[', StringComparison.Ordinal), static b => b.UseTaskLists()),
        (HoldsDefinition, static b => b.UseDefinitionLists()),
        (static text => text.Contains("[^", StringComparison.Ordinal), static b => b.UseFootnotes()),
        (static text => text.AsSpan().ContainsAny(Addresses), static b => b.UseAutoLinks()),
    ];

    private static readonly MarkdownPipeline?[] Built = new MarkdownPipeline?[1 << Extensions.Length];

    /// <summary>With every extension.</summary>
    public static MarkdownPipeline All => Of(Built.Length - 1);

    public static MarkdownPipeline For(string text)
    {
        var wanted = 0;
        for (var i = 0; i < Extensions.Length; i++)
            wanted |= Extensions[i].MayUse(text) ? 1 << i : 0;
        return Of(wanted);
    }

    /// <summary>A tilde, or a colon with a blank or nothing behind it that no word precedes.</summary>
    private static bool HoldsDefinition(string text)
    {
        for (var at = text.IndexOf(':', StringComparison.Ordinal); at >= 0; at = text.IndexOf(':', at + 1))
        {
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1])))
                return true;
        }
        return text.Contains('~', StringComparison.Ordinal);
    }

    /// <summary>Two threads may build the same one; either serves.</summary>
    private static MarkdownPipeline Of(int wanted)
    {
        if (Built[wanted] is { } built)
            return built;
        var builder = new MarkdownPipelineBuilder();
        for (var i = 0; i < Extensions.Length; i++)
            builder = (wanted & (1 << i)) != 0 ? Extensions[i].Add(builder) : builder;
        return Built[wanted] = builder.Build();
    }
}
