namespace Cairn.Learning;

/// <summary>What an encoder does with a category that was not there in training.</summary>
public enum Unseen
{
    /// <summary>An error that names the column, the row and the category.</summary>
    Refuse,

    /// <summary>No column of the category's is 1.</summary>
    Ignore,
}
