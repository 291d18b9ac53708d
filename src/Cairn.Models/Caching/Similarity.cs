namespace Cairn.Models;

/// <summary>How a route compares questions by meaning: how far two may be apart, as a model's embeddings say.</summary>
/// <param name="Model">Makes the embeddings.</param>
/// <param name="Distance">At most; 0 is the same direction, 1 is unrelated (one minus the cosine). What is right differs from model to
/// model: <see cref="SimilarityTrial"/>.</param>
public sealed record Similarity(ModelName Model, double Distance);
