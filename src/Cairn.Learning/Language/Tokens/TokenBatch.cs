namespace Cairn.Learning;

/// <summary>Texts as a model reads them, side by side.</summary>
/// <param name="Ids">(texts, places): token numbers.</param>
/// <param name="Mask">(texts, places): whether there is a token; false is filling (the attention mask).</param>
public sealed record TokenBatch(NdArray<int> Ids, NdArray<bool> Mask);
