namespace Cairn.Learning;

/// <summary>The size and kind of a decoder. The defaults are GPT-2's kind in miniature.</summary>
public sealed record GptOptions
{
    public required int Vocabulary { get; init; }

    /// <summary>The most tokens that it reads at once.</summary>
    public int Context { get; init; } = 128;

    public int Width { get; init; } = 128;

    public int Layers { get; init; } = 4;

    public int Heads { get; init; } = 4;

    /// <summary>Rotary positions in place of learned ones.</summary>
    public bool Rotary { get; init; }

    public float Dropout { get; init; }
}
