namespace Cairn.Models;

/// <summary>How an OpenAI-compatible endpoint differs from the others.</summary>
/// <param name="Responses">It serves <c>/responses</c>.</param>
/// <param name="CompletionTokens">
/// It calls the limit <c>max_completion_tokens</c>; OpenAI's reasoning models refuse the older <c>max_tokens</c>, which is the one that all
/// other servers know.
/// </param>
internal readonly record struct OpenAiDialect(bool Responses, bool CompletionTokens);
