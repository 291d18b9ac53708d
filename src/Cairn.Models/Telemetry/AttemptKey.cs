namespace Cairn.Models;

/// <summary>By what attempts are counted apart.</summary>
/// <param name="Route">A declared one; empty where the caller named the model itself.</param>
/// <param name="Operation">The GenAI conventions' word, <c>chat</c> or <c>embeddings</c>, or <c>count_tokens</c>.</param>
/// <param name="Provider">As in <c>cairn.yaml</c>.</param>
/// <param name="Model">The provider's own name; <see cref="AttemptMeters.Others"/> for those that are not counted apart.</param>
internal readonly record struct AttemptKey(string Route, string Operation, string Provider, string Model);
