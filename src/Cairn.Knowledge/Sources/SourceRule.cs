namespace Cairn.Knowledge;

/// <summary>Access by path: the first rule whose glob matches gives the access; when none matches, only the owner may read.</summary>
public sealed record SourceRule(string Match, AccessList Access);
