namespace Cairn.Learning;

/// <summary>Numbers names from 0 in ordinal order, and back.</summary>
public sealed class LabelEncoder : IStorable
{
    private readonly Dictionary<string, int> positions = new(StringComparer.Ordinal);
    private string[] names = [];

    /// <summary>The names in order of their numbers.</summary>
    public IReadOnlyList<string> Names => names;

    public void Fit(IEnumerable<string> labels)
    {
        names = [.. labels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        positions.Clear();
        for (var i = 0; i < names.Length; i++)
            positions[names[i]] = i;
    }

    /// <exception cref="BadInputException">A name was not there in training; it and its row are named.</exception>
    public int[] Transform(IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var numbers = new int[labels.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = positions.TryGetValue(labels[i], out var number)
                ? number
                : throw new BadInputException(
                    $"label encoder: row {i} is '{labels[i]}', which was not there in training ({names.Length} names).") { Row = i };
        }
        return numbers;
    }

    public int[] FitTransform(IReadOnlyList<string> labels)
    {
        Fit(labels);
        return Transform(labels);
    }

    /// <summary>The names of numbers.</summary>
    public string[] Inverse(ReadOnlySpan<int> numbers)
    {
        var found = new string[numbers.Length];
        for (var i = 0; i < found.Length; i++)
            found[i] = names[numbers[i]];
        return found;
    }

    void IStorable.Exchange(ModelState state)
    {
        state.Texts("names", ref names);
        state.Require(names.Distinct(StringComparer.Ordinal).Count() == names.Length, "a name comes twice");
        for (var i = 0; i < names.Length; i++)
            positions[names[i]] = i;
    }
}
