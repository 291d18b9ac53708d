using System.Collections.Immutable;
using System.Globalization;

namespace Cairn.Training;

/// <summary>One field of a model's input, as it was in training.</summary>
/// <param name="MayMiss">Whether a row may leave it out or say null.</param>
/// <param name="Least">The least number in training; a smaller one is taken and counts in the drift.</param>
/// <param name="Categories">Those known, at most 200 of them here.</param>
public sealed record InputField(
    string Name, FeatureKind Kind, bool MayMiss, double? Least, double? Most, ImmutableArray<string> Categories)
{
    /// <summary>Whether a JSON number may stand for a value: of a category only where categories of training were numbers.</summary>
    internal bool TakesNumbers => Kind switch
    {
        FeatureKind.Number => true,
        FeatureKind.Category => Categories.Any(c => NumberOf(c) is not null),
        _ => false,
    };

    /// <summary>Whether <c>true</c> and <c>false</c> may stand for a value: for 1 and 0 where training had nothing else.</summary>
    internal bool TakesTruths => Kind switch
    {
        FeatureKind.Number => Least is 0 or 1 && Most is 0 or 1,
        FeatureKind.Category => Categories.Contains("true") || Categories.Contains("false"),
        _ => false,
    };

    internal static double? NumberOf(string category)
        => double.TryParse(category, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number : null;
}
