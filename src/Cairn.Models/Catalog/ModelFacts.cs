using System.Collections.Immutable;

namespace Cairn.Models;

public sealed record ModelFacts
{
    /// <summary>Tokens that input and output share; null when unknown.</summary>
    public int? ContextWindow { get; init; }

    /// <summary>The most tokens of one reply; null when unknown.</summary>
    public int? MaxOutput { get; init; }

    public ModelAbilities Abilities { get; init; }

    /// <summary>Oldest first; a price holds from its day on.</summary>
    public ImmutableArray<ModelPrice> Prices { get; init; } = [];

    public ModelPrice? PriceOn(DateOnly day)
    {
        for (var i = Prices.Length - 1; i >= 0; i--)
        {
            if (Prices[i].From <= day)
                return Prices[i];
        }
        return null;
    }
}
