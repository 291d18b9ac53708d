namespace Cairn.Knowledge;

/// <summary>All current passages of one document, as the index takes them: it replaces what it held of the document by these.</summary>
public sealed record DocumentPassages(string Tenant, string Document, IReadOnlyList<Passage> Passages);
