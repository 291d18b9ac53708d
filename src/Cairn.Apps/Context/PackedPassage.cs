namespace Cairn.Apps;

/// <summary>
/// A numbered piece of evidence as a model gets it: one passage, or neighbours of one document joined. <see cref="Start"/> is the UTF-16
/// offset of <see cref="Text"/> in the version's extracted text.
/// </summary>
/// <param name="N">Counts from 1.</param>
/// <param name="First">The passage that it begins with: where it comes from.</param>
internal sealed record PackedPassage(int N, Passage First, int Start, string Text)
{
    public int End => Start + Text.Length;
}
