namespace Cairn.Learning;

/// <summary>Which layers an adapter changes, and how freely.</summary>
public sealed record LoraOptions
{
    /// <summary>The rank of each change: a layer of (out, in) gets rank * (out + in) numbers that learn.</summary>
    public int Rank { get; init; } = 8;

    /// <summary>Changes are multiplied by alpha over rank.</summary>
    public double Alpha { get; init; } = 16;

    /// <summary>
    /// Names of layers as published checkpoints have them, whole or their ends: <c>q_proj</c>, <c>v_proj</c> (Llama), <c>c_attn</c>
    /// (GPT-2). Null: queries and values, or what holds them.
    /// </summary>
    public IReadOnlyList<string>? Targets { get; init; }
}
