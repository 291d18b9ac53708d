namespace Cairn.Models;

/// <summary>The kind of an instance's value. A type mask has the bit <c>1 &lt;&lt; kind</c>.</summary>
internal enum InstanceKind : byte
{
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}
