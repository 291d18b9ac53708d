using System.Globalization;

namespace Cairn.Training;

/// <summary>An estimator's options as values, with the estimator's own default where a recipe says nothing.</summary>
internal sealed class OptionValues(IReadOnlyDictionary<string, string> given, long seed)
{
    public long Seed => seed;

    public int Whole(string name, int otherwise)
        => given.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public int? Whole(string name) => given.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    public double Number(string name, double otherwise)
        => given.TryGetValue(name, out var text) ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public bool Truth(string name, bool otherwise) => given.TryGetValue(name, out var text) ? text == "true" : otherwise;
}
