namespace Cairn.Server;

/// <summary>Null: a tiny prompt, the model of every route, 16 tokens.</summary>
internal sealed record TryBody(string? Prompt = null, IReadOnlyList<string>? Models = null, int? MaxTokens = null);
