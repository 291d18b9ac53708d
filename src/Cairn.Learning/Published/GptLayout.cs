namespace Cairn.Learning;

/// <summary>The published layout of a decoder, by its options.</summary>
internal static class GptLayout
{
    /// <exception cref="NotSupportedException">No published architecture is built so.</exception>
    internal static PublishedLayout Of(GptOptions options)
    {
        if (options is { Rotary: true, RmsNorm: true, FeedForward: FeedForwardKind.GatedSilu })
            return LlamaLayout.Of(options);
        if (options is { Rotary: false, RmsNorm: false, FeedForward: FeedForwardKind.GeluTanh, Bias: true, TiedHead: true }
            && (options.KeyHeads ?? options.Heads) == options.Heads)
            return Gpt2Layout.Of(options);
        throw new NotSupportedException(
            "The decoder is built neither like GPT-2 (learned positions, layer norms, the tanh GELU, biases) nor like Llama (rotary positions, RMS norms, gated SiLU), so it has no published layout.");
    }
}
