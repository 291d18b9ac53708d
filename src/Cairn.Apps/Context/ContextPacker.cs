using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Cairn.Apps;

/// <summary>
/// Chooses what of the evidence a model gets, within a budget of tokens, and writes it down so that no passage can pose as anything else.
/// </summary>
internal static partial class ContextPacker
{
    public const int MostTokens = 6000;
    public const int MostPassages = 12;

    /// <summary>Best first; repeated texts are left out, overlapping neighbours of a document are joined.</summary>
    public static ImmutableArray<PackedPassage> Pack(Retrieval evidence, int mostTokens = MostTokens)
    {
        var packed = new List<PackedPassage>();
        var texts = new HashSet<string>(StringComparer.Ordinal);
        var tokens = 0;
        foreach (var (passage, _, _) in evidence.Passages)
        {
            if (!texts.Add(Spaces().Replace(passage.Text, " ").Trim()))
                continue;
            var cost = Tokens(passage.Text);
            if (packed.Count > 0 && tokens + cost > mostTokens)
                continue;
            tokens += cost;
            var neighbour = packed.FindIndex(p => Touches(p, passage));
            if (neighbour >= 0)
                packed[neighbour] = Join(packed[neighbour], passage);
            else if (packed.Count < MostPassages)
                packed.Add(new PackedPassage(packed.Count + 1, passage, passage.Start, passage.Text));
        }
        return [.. packed];
    }

    /// <summary>
    /// The passages as text for a prompt. Each line of a passage begins with "| " and a passage's own line breaks of any kind count as
    /// lines, so the lines around it cannot be imitated from within. Characters that are invisible to a reader are left out.
    /// </summary>
    public static string Write(IReadOnlyList<PackedPassage> passages)
    {
        var text = new StringBuilder();
        foreach (var passage in passages)
        {
            var from = passage.First;
            text.Append(CultureInfo.InvariantCulture, $"[{passage.N}] {Label(from.Title)}");
            if (from.HeadingPath.Length > 0)
                text.Append(CultureInfo.InvariantCulture, $" › {Label(from.HeadingPath)}");
            text.Append(CultureInfo.InvariantCulture,
                $" ({Label(from.Path)}{(from.Page is { } page ? $", page {page}" : "")}, changed {from.Changed:yyyy-MM-dd}{(from.Superseded ? ", superseded" : "")})\n");
            foreach (var line in LineBreak().Split(passage.Text.Trim()))
                text.Append("| ").Append(Hidden().Replace(line, "")).Append('\n');
            text.Append('\n');
        }
        return text.Length == 0 ? "(no passages)" : text.ToString();
    }

    /// <summary>An estimate for any tokenizer: four letters of Latin text, or one character of a script without spaces.</summary>
    public static int Tokens(string text)
    {
        var wide = text.Count(c => c >= 0x2E80);
        return wide + (text.Length - wide + 3) / 4;
    }

    private static bool Touches(PackedPassage packed, Passage passage)
        => packed.First.Document == passage.Document && packed.First.Version == passage.Version
           && passage.Start <= packed.End && packed.Start <= passage.End;

    private static PackedPassage Join(PackedPassage packed, Passage passage)
    {
        if (passage.Start < packed.Start)
        {
            var before = passage.Text[..(packed.Start - passage.Start)] + packed.Text;
            var whole = passage.End > packed.End ? passage.Text : before;
            return packed with { First = passage, Start = passage.Start, Text = whole };
        }
        return passage.End <= packed.End ? packed : packed with { Text = packed.Text + passage.Text[(packed.End - passage.Start)..] };
    }

    /// <summary>A title or path on one line; documents choose these too.</summary>
    private static string Label(string text)
    {
        var line = Spaces().Replace(Hidden().Replace(LineBreak().Replace(text, " "), ""), " ").Trim();
        return line.Length > 160 ? line[..160] + "…" : line;
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\r\n|[\n\r\v\f\u0085\u2028\u2029]", RegexOptions.CultureInvariant)]
    private static partial Regex LineBreak();

    // Control characters, bidirectional overrides, zero-width characters and the "tag" block (surrogates DB40 DC00 to DC7F).
    [GeneratedRegex(@"[\p{Cc}\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF-[\t]]|\uDB40[\uDC00-\uDC7F]",
        RegexOptions.CultureInvariant)]
    private static partial Regex Hidden();
}
