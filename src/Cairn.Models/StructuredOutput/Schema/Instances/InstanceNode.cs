namespace Cairn.Models;

/// <summary>
/// One value, or one member's name, of an instance. Nodes lie in document order, so that a container's children begin right behind it
/// and <see cref="Next"/> skips a subtree. A member is a name's node followed by its value's.
/// </summary>
internal struct InstanceNode
{
    /// <summary>Offset of the token in the text, a string's quote left out.</summary>
    public int Start;

    /// <summary>Bytes of the token, quotes left out; for a container the number of its items or members.</summary>
    public int Length;

    /// <summary>The first node behind this value and all that is in it.</summary>
    public int Next;

    public InstanceKind Kind;

    /// <summary>A string or name that holds escapes.</summary>
    public bool Escaped;
}
