namespace Cairn.Learning;

/// <summary>An array to be written: its type as the format names it, its shape, and what writes its bytes, little-endian.</summary>
internal sealed record SafeTensorsPart(string Name, string Kind, Shape Shape, Action<Stream> Write);
