using Cairn.Models;

namespace Cairn.Server;

/// <param name="Model">Makes the embeddings.</param>
/// <param name="Questions">In the order asked.</param>
/// <param name="Distances">Null: from 0.01 to 0.5.</param>
internal sealed record SimilarBody(string Model, IReadOnlyList<LabelledQuestion> Questions, IReadOnlyList<double>? Distances = null);
