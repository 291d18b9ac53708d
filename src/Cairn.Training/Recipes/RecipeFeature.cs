namespace Cairn.Training;

/// <summary>A column to learn from.</summary>
public sealed record RecipeFeature(string Name, FeatureKind Kind);
