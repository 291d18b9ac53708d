using System.Collections.Immutable;
using System.Globalization;
using Cairn.Learning;

namespace Cairn.Training;

/// <summary>What an option is drawn from in a random search: some values, or a range.</summary>
public sealed record OptionDraw
{
    /// <summary>Each as likely as another; empty for a range.</summary>
    public ImmutableArray<string> Values { get; init; } = [];

    public double From { get; init; }

    /// <summary>May be drawn too.</summary>
    public double To { get; init; }

    /// <summary>
    /// Whether factors are alike instead of differences: from .001 to .1, half of the draws are below .01. Both ends are above 0.
    /// </summary>
    public bool Log { get; init; }

    /// <summary>Whether whole numbers only.</summary>
    public bool Whole { get; init; }

    /// <returns>A value as a recipe writes it; numbers with four digits, so that a person can copy them.</returns>
    internal string Draw(Seeded random)
    {
        if (!Values.IsEmpty)
            return Values[random.Integer(Values.Length)];
        if (Whole && !Log)
            return (From + Math.Floor(random.Uniform() * (To - From + 1))).ToString("F0", CultureInfo.InvariantCulture);
        var number = Log ? Math.Exp(random.Uniform(Math.Log(From), Math.Log(To))) : random.Uniform(From, To);
        if (Whole)
            return Math.Clamp(Math.Round(number), From, To).ToString("F0", CultureInfo.InvariantCulture);
        var shortened = double.Parse(number.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return Math.Clamp(shortened, From, To).ToString("R", CultureInfo.InvariantCulture);
    }
}
