using System.Buffers;

namespace Cairn.Learning;

/// <summary>Finds added tokens in a text: the leftmost, of those the longest.</summary>
internal sealed class AddedTokens
{
    private readonly AddedToken[] byLength;
    private readonly SearchValues<string> any;

    internal AddedTokens(IEnumerable<AddedToken> tokens)
    {
        byLength = [.. tokens.OrderByDescending(t => t.Text.Length)];
        any = SearchValues.Create([.. byLength.Select(t => t.Text)], StringComparison.Ordinal);
    }

    internal IReadOnlyList<AddedToken> All => byLength;

    /// <summary>Calls back for each stretch of text and each token, in order.</summary>
    internal void Split(string text, Action<int, int> onText, Action<AddedToken> onToken)
    {
        var start = 0;
        while (start < text.Length)
        {
            var found = byLength.Length == 0 ? -1 : text.AsSpan(start).IndexOfAny(any);
            if (found < 0)
                break;
            var at = start + found;
            var token = Array.Find(byLength, t => string.CompareOrdinal(text, at, t.Text, 0, t.Text.Length) == 0)!;
            var end = at;
            while (token.TakesLeftSpace && end > start && char.IsWhiteSpace(text[end - 1]))
                end--;
            if (end > start)
                onText(start, end - start);
            onToken(token);
            start = at + token.Text.Length;
            while (token.TakesRightSpace && start < text.Length && char.IsWhiteSpace(text[start]))
                start++;
        }
        if (start < text.Length)
            onText(start, text.Length - start);
    }
}
