namespace Cairn.Learning;

/// <summary>The size of an encoder of BERT's kind.</summary>
public sealed record EncoderOptions
{
    public required int Vocabulary { get; init; }

    /// <summary>The most tokens that it reads at once.</summary>
    public int Context { get; init; } = 128;

    public int Width { get; init; } = 128;

    public int Layers { get; init; } = 4;

    public int Heads { get; init; } = 4;

    /// <summary>The width between the two linear layers of a block; null: four times the width.</summary>
    public int? Inner { get; init; }

    /// <summary>Kinds of text (a question, an answer) that have a vector each; 0: no such vectors.</summary>
    public int Types { get; init; }

    public float NormEpsilon { get; init; } = 1e-5f;

    /// <summary>Has a layer, a norm and a bias of its own before the embeddings score the vocabulary, as BERT does.</summary>
    public bool ScoreLayer { get; init; }

    public float Dropout { get; init; }
}
