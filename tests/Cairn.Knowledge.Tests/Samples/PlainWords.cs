using System.Text;

namespace Cairn.Knowledge.Tests;

/// <summary>Text reduced to letters and digits, with the way back: quotes are compared without regard to white space and markup.</summary>
internal sealed class PlainWords
{
    private readonly string _letters;
    private readonly List<int> _origin = [];

    public PlainWords(string text)
    {
        var letters = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsLetterOrDigit(text[i]))
                continue;
            letters.Append(char.ToLowerInvariant(text[i]));
            _origin.Add(i);
        }
        _letters = letters.ToString();
    }

    /// <summary>The offsets of a quote in the original text; null when it does not stand there.</summary>
    public (int Start, int End)? Find(string quote)
    {
        var wanted = new PlainWords(quote)._letters;
        var at = _letters.IndexOf(wanted, StringComparison.Ordinal);
        return at < 0 ? null : (_origin[at], _origin[at + wanted.Length - 1] + 1);
    }

    /// <summary>Lower-case words of two letters and more.</summary>
    public static string[] Words(string text)
        => [.. new string([.. text.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
