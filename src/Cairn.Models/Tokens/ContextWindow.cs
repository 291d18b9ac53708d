using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Refuses a call that cannot fit its model's context before it is sent.</summary>
internal static class ContextWindow
{
    /// <param name="target">The model.</param>
    /// <param name="needs">Its bytes tell most calls to fit without a count: a token has a byte at least.</param>
    /// <param name="read">The call's messages; asked for only when they must be counted. null: they cannot be read, and the provider decides.</param>
    /// <param name="tokens">Who counts.</param>
    /// <param name="catalog">Where the window is known.</param>
    /// <param name="cancellationToken">Ends the count.</param>
    /// <exception cref="ProviderFailureException"><c>provider.context</c>: it does not fit; another model of the route may take it.</exception>
    public static async ValueTask EnsureFitsAsync(
        ModelName target, CallNeeds needs, Func<(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)?> read, ITokenCounter? tokens, IModelCatalog? catalog, CancellationToken cancellationToken)
    {
        if (tokens is null || catalog?.Find(target)?.ContextWindow is not { } window)
            return;
        var output = needs.MaxOutput ?? 0;
        if (tokens.AtMost(target, needs.Bytes) + output <= window || read() is not { } call)
            return;
        var count = await tokens.CountAsync(target, call.Messages, call.Options, cancellationToken);
        if (count.Tokens + output <= window)
            return;
        var counted = FormattableString.Invariant($"the call has {(count.IsEstimate ? "about " : "")}{count.Tokens} tokens{(count.IsEstimate ? " (an estimate)" : "")}");
        var asked = output > 0 ? FormattableString.Invariant($" and asks for up to {output} of output") : "";
        throw new ProviderFailureException("provider.context", target.ToString(), FormattableString.Invariant($"{counted}{asked}, but the model's context window is {window}"),
            "Send less, ask for less output, or name a model with a larger window; models/catalog.yaml says what each takes.");
    }
}
