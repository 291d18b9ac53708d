namespace Cairn.Learning;

/// <summary>A token that is cut out of the text before pairs are merged: <c>&lt;|endoftext|&gt;</c>, <c>[MASK]</c>.</summary>
/// <param name="Special">Controls the model, is no text: left out when decoding.</param>
/// <param name="TakesLeftSpace">Takes the white space before it.</param>
/// <param name="TakesRightSpace">Takes the white space after it.</param>
/// <param name="Normalised">Is looked for in the text as the tokenizer normalises it (small letters, say), itself normalised.</param>
public sealed record AddedToken(
    int Id, string Text, bool Special = true, bool TakesLeftSpace = false, bool TakesRightSpace = false, bool Normalised = false);
