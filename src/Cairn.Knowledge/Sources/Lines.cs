using System.Collections.Immutable;

namespace Cairn.Knowledge;

/// <summary>Joins the boxes of words into one box per line.</summary>
internal static class Lines
{
    /// <param name="words">In reading order.</param>
    public static ImmutableArray<Box> Of(IReadOnlyList<WordBox> words)
    {
        var boxes = ImmutableArray.CreateBuilder<Box>();
        for (var i = 0; i < words.Count;)
        {
            var (left, top, right, bottom) = (words[i].X, words[i].Y, words[i].X + words[i].W, words[i].Y + words[i].H);
            var first = words[i];
            for (i++; i < words.Count && Continues(first, words[i], right); i++)
            {
                (left, top) = (Math.Min(left, words[i].X), Math.Min(top, words[i].Y));
                (right, bottom) = (Math.Max(right, words[i].X + words[i].W), Math.Max(bottom, words[i].Y + words[i].H));
            }
            boxes.Add(new Box(first.Page, Rounded(left), Rounded(top), Rounded(right - left), Rounded(bottom - top)));
        }
        return boxes.ToImmutable();
    }

    /// <summary>
    /// On the same page, its middle within the line's height, and not back to the left or far to the right (another column).
    /// </summary>
    private static bool Continues(WordBox first, WordBox word, float right)
    {
        var middle = word.Y + (word.H / 2);
        return word.Page == first.Page
               && middle > first.Y && middle < first.Y + first.H
               && word.X > first.X && word.X - right < 4 * Math.Max(first.H, word.H);
    }

    private static double Rounded(float points) => Math.Round(points, 2);
}
