namespace Cairn.Learning;

/// <summary>How the next token is drawn from its scores.</summary>
public sealed record SamplingOptions
{
    /// <summary>Scores are divided by this: below 1 the likely become likelier; 0 takes the likeliest always.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Only so many of the likeliest; null: all.</summary>
    public int? TopK { get; init; }

    /// <summary>Only the likeliest whose probabilities reach this sum (Holtzman et al., 2020); 1: all.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Scores of tokens that were there already are divided (negative ones multiplied) by this (Keskar et al., 2019); 1: as they
    /// are.</summary>
    public double RepetitionPenalty { get; init; } = 1;
}
