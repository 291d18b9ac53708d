namespace Cairn.Learning;

/// <summary>How a figure per class becomes one.</summary>
public enum Averaging
{
    /// <summary>The figure of class 1 alone.</summary>
    Binary,

    /// <summary>The mean over classes, each counting the same.</summary>
    Macro,

    /// <summary>Counts of all classes are summed first.</summary>
    Micro,

    /// <summary>The mean over classes, each counting as often as it occurs.</summary>
    Weighted,
}
