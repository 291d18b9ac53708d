namespace Cairn.Learning;

/// <summary>What a <c>tokenizer.json</c> says.</summary>
internal sealed record TokenizerDefinition
{
    /// <summary>Tokens as the model writes them, without the added ones unless the file lists them here too.</summary>
    public required IReadOnlyDictionary<string, int> Vocabulary { get; init; }

    public required SubwordModel Model { get; init; }

    public required IReadOnlyList<AddedToken> Added { get; init; }

    /// <summary>Tokens before every text.</summary>
    public IReadOnlyList<int> Prefix { get; init; } = [];

    /// <summary>Tokens after every text.</summary>
    public IReadOnlyList<int> Suffix { get; init; } = [];

    /// <summary>What stands where there is no token.</summary>
    public int Padding { get; init; }
}
