namespace Cairn.Learning;

/// <summary>A tensor of a published checkpoint, and where its numbers go.</summary>
/// <param name="Name">As the checkpoint names it.</param>
/// <param name="Shape">As the checkpoint holds it.</param>
/// <param name="To">Paths of ours; several share the rows (after turning) evenly, in this order.</param>
/// <param name="Turned">The checkpoint holds (in, out) where ours is (out, in).</param>
internal sealed record PublishedTensor(string Name, Shape Shape, IReadOnlyList<string> To, bool Turned = false)
{
    /// <summary>The name of the module that the tensor belongs to.</summary>
    internal string Module => Name[..Name.LastIndexOf('.')];
}
