namespace Cairn.Learning;

/// <summary>How n-grams are weighted.</summary>
public sealed record TfidfOptions
{
    public NgramOptions Ngrams { get; init; } = new();

    /// <summary>N-grams in fewer texts than this are left out.</summary>
    public int MinTexts { get; init; } = 1;

    /// <summary>Keep this many n-grams, those that occur most often; null for all.</summary>
    public int? MaxFeatures { get; init; }

    /// <summary>
    /// Whether an n-gram's weight falls with the number of texts that have it: ln((1 + texts) / (1 + texts with it)) + 1.
    /// </summary>
    public bool InverseDocumentFrequency { get; init; } = true;

    /// <summary>Whether a count n counts as 1 + ln n.</summary>
    public bool Sublinear { get; init; }

    /// <summary>Whether rows get the length 1.</summary>
    public bool Normalise { get; init; } = true;

    /// <summary>Counts alone.</summary>
    public static TfidfOptions Counts { get; } = new() { InverseDocumentFrequency = false, Normalise = false };
}
