namespace Cairn.Apps;

/// <summary>What becomes of a model's sentence that the passages do not carry.</summary>
public enum UnsupportedSentences
{
    /// <summary>It stays and is marked.</summary>
    Mark,

    /// <summary>It is taken out of the final answer.</summary>
    Remove,
}
