using System.Runtime.InteropServices;

namespace Cairn.Learning;

/// <summary>
/// One question of a tree: is the value of a column at most the threshold? Yes leads left. A leaf asks nothing (column -1).
/// </summary>
/// <param name="Threshold">In the column's unit; unused where categories decide.</param>
/// <param name="Column">The column asked about, -1 for a leaf.</param>
/// <param name="Left">The node to go to with yes; the one for no is <paramref name="Right"/>.</param>
/// <param name="MissingLeft">Whether a missing value leads left.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TreeNode(double Threshold, int Column, int Left, int Right, bool MissingLeft)
{
    public bool IsLeaf => Column < 0;
}
