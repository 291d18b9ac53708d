namespace Cairn.Abstractions;

/// <summary>One analysed query term: as typed, as indexed, in how many visible passages it stands, its share of the query's idf.</summary>
public sealed record QueryTerm(string Typed, string Indexed, int Passages, double Weight);
