namespace Cairn.Learning;

/// <summary>What a <c>tokenizer.json</c> says.</summary>
internal sealed record TokenizerDefinition
{
    /// <summary>Tokens in the byte alphabet, without the added ones unless the file lists them here too.</summary>
    public required IReadOnlyDictionary<string, int> Vocabulary { get; init; }

    public required PairMerges Merges { get; init; }

    public required WordSplitter Splitter { get; init; }

    public required IReadOnlyList<AddedToken> Added { get; init; }

    /// <summary>A text that does not begin with white space is read as if a space were before it.</summary>
    public bool AddPrefixSpace { get; init; }

    /// <summary>A word that is in the vocabulary is that token, whatever its pairs (the file's <c>ignore_merges</c>).</summary>
    public bool WholeWordsFirst { get; init; }

    /// <summary>Tokens before every text.</summary>
    public IReadOnlyList<int> Prefix { get; init; } = [];

    /// <summary>Tokens after every text.</summary>
    public IReadOnlyList<int> Suffix { get; init; } = [];
}
