using Cairn.Models;

namespace Cairn.Server;

internal sealed record SimilarResponse(string Model, IReadOnlyList<SimilarityTrial> Trials);
