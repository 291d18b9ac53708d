namespace Cairn.Knowledge;

/// <summary>An index term that people use in another's place. <see cref="Likeness"/>, 0 to 1, is how much it counts there.</summary>
internal readonly record struct RelatedTerm(string Term, double Likeness);
