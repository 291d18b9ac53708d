using System.Text;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Refuses a call that cannot fit its model's context before it is sent.</summary>
internal static class ContextWindow
{
    private const int UsualAnswer = 1024;

    /// <summary>It fits without a count: the window is not known, or the call has fewer bytes than that.</summary>
    public static bool Fits(ModelName target, CallNeeds needs, ITokenCounter? tokens, IModelCatalog? catalog)
        => catalog?.Find(target)?.ContextWindow is not { } window
            || (tokens is not null && tokens.AtMost(target, needs.Bytes) + (needs.MaxOutput ?? 0) <= window);

    /// <param name="target">The model.</param>
    /// <param name="needs">Its bytes tell most calls to fit without a count: a token has a byte at least.</param>
    /// <param name="read">The call's messages; asked for only when they must be counted. null: they cannot be read, and the body's length
    /// is all that is known.</param>
    /// <param name="tokens">Who counts.</param>
    /// <param name="catalog">Where the window is known.</param>
    /// <param name="cancellationToken">Ends the count.</param>
    /// <exception cref="ProviderFailureException"><c>provider.context</c>: it does not fit; another model of the route may take
    /// it.</exception>
    public static async ValueTask EnsureFitsAsync(
        ModelName target, CallNeeds needs, Func<(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)?> read, ITokenCounter? tokens,
        IModelCatalog? catalog, CancellationToken cancellationToken)
    {
        if (Fits(target, needs, tokens, catalog) || catalog?.Find(target)?.ContextWindow is not { } window)
            return;
        var output = needs.MaxOutput ?? 0;
        var count = tokens is not null && read() is { } call
            ? await tokens.CountAsync(target, call.Messages, call.Options, cancellationToken)
            : needs.HasMedia || needs.Refers ? default
            : new TokenCount(needs.InputTokens, IsEstimate: true);
        if (count.Tokens + output <= window)
            return;
        var asked = output > 0 ? FormattableString.Invariant($" and asks for up to {output} of output") : "";
        throw TooLong(target, $"the call has {Text(count)}{asked}", window);
    }

    /// <summary>The same for texts of which each is put into the model by itself, such as those to be embedded.</summary>
    /// <inheritdoc cref="EnsureFitsAsync"/>
    public static async ValueTask EnsureEachFitsAsync(
        ModelName target, CallNeeds needs, Func<IReadOnlyList<string>> read, ITokenCounter? tokens, IModelCatalog? catalog,
        CancellationToken cancellationToken)
    {
        if (tokens is null || catalog?.Find(target)?.ContextWindow is not { } window || needs.Bytes <= window)
            return;
        var texts = read();
        long? around = null;
        for (var i = 0; i < texts.Count; i++)
        {
            if (Encoding.UTF8.GetByteCount(texts[i]) <= window)
                continue;
            around ??= (await CountAsync("")).Tokens;
            var count = await CountAsync(texts[i]);
            if (count.Tokens - around > window)
            {
                var alone = Text(count with { Tokens = count.Tokens - around.Value });
                throw TooLong(target, FormattableString.Invariant($"text {i + 1} of {texts.Count} has {alone}"), window);
            }
        }

        ValueTask<TokenCount> CountAsync(string text)
            => tokens.CountAsync(target, [new ChatMessage(ChatRole.User, text)], null, cancellationToken);
    }

    /// <summary>
    /// How many tokens of a model's window a call leaves beside its answer, at least: negative where it does not fit; null where nobody
    /// knows the window. Where the call sets no limit of its output, 1,024 tokens or a quarter of the window are kept for the answer.
    /// </summary>
    public static async ValueTask<long?> LeftAsync(
        ModelName target, CallNeeds needs, IReadOnlyList<ChatMessage> messages, ChatOptions? options, ITokenCounter? tokens,
        IModelCatalog? catalog, CancellationToken cancellationToken)
    {
        if (tokens is null || catalog?.Find(target)?.ContextWindow is not { } window)
            return null;
        var left = window - (needs.MaxOutput ?? Math.Min(UsualAnswer, window / 4));
        return tokens.AtMost(target, needs.Bytes) is var most && most <= left
            ? left - most
            : left - (await tokens.CountAsync(target, messages, options, cancellationToken)).Tokens;
    }

    private static string Text(TokenCount count)
        => FormattableString.Invariant(
            $"{(count.IsEstimate ? "about " : "")}{count.Tokens} tokens{(count.IsEstimate ? " (an estimate)" : "")}");

    private static ProviderFailureException TooLong(ModelName target, string what, int window)
        => new("provider.context", target.ToString(), FormattableString.Invariant($"{what}, but the model's context window is {window}"),
            "Send less, ask for less output, or name a model with a larger window; models/catalog.yaml says what each takes.");
}
