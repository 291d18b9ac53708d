namespace Cairn.Learning;

internal sealed class TextColumnBuilder
{
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _spans;
    private readonly List<string> _dictionary = [];
    private readonly List<int> _codes = [];

    public TextColumnBuilder() => _spans = _positions.GetAlternateLookup<ReadOnlySpan<char>>();

    public void Add(string? value)
    {
        if (value is null)
            _codes.Add(-1);
        else
            Add(value.AsSpan());
    }

    public void Add(ReadOnlySpan<char> value)
    {
        if (!_spans.TryGetValue(value, out var code))
        {
            code = _dictionary.Count;
            var text = value.ToString();
            _dictionary.Add(text);
            _positions.Add(text, code);
        }
        _codes.Add(code);
    }

    public TextColumn Build() => new(_codes.ToArray(), [.. _dictionary]);
}
