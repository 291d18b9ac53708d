using System.Numerics.Tensors;

namespace Cairn.Learning;

/// <summary>Long loops over numbers, cut into pieces that threads share. The pieces do not depend on the number of threads.</summary>
internal static class Parallels
{
    private const int Piece = 1 << 15;

    /// <summary>Calls <paramref name="body"/> with start and length of each piece.</summary>
    internal static void For(int count, Action<int, int> body)
    {
        if (count <= 2 * Piece)
        {
            body(0, count);
            return;
        }
        LearningThreads.For((count + Piece - 1) / Piece, piece => body(piece * Piece, Math.Min(Piece, count - (piece * Piece))));
    }

    /// <summary>Calls <paramref name="body"/> with first row and number of rows, for rows of a given length.</summary>
    internal static void Rows(int rows, int length, Action<int, int> body)
    {
        var each = Math.Max(1, Piece / Math.Max(1, length));
        if (rows <= 2 * each)
        {
            body(0, rows);
            return;
        }
        LearningThreads.For((rows + each - 1) / each, piece => body(piece * each, Math.Min(each, rows - (piece * each))));
    }

    /// <summary>to += from.</summary>
    internal static void Add(float[] from, float[] to, int count)
        => For(count, (start, length) =>
            TensorPrimitives.Add(from.AsSpan(start, length), to.AsSpan(start, length), to.AsSpan(start, length)));
}
