namespace Cairn.Models;

/// <summary>
/// The six that count: <c>minLength</c>, <c>maxLength</c>, <c>minItems</c>, <c>maxItems</c>, <c>minProperties</c>, <c>maxProperties</c>.
/// </summary>
internal sealed class LengthKeyword : Keyword
{
    private readonly bool _isMinimum;
    private readonly long _bound;

    /// <param name="schema">Where it stands.</param>
    /// <param name="name">One of the six.</param>
    /// <param name="bound">Not negative.</param>
    public LengthKeyword(SchemaNode schema, string name, long bound)
        : base(schema, name, name[3..] switch { "Length" => Strings, "Items" => Arrays, _ => Objects })
    {
        _isMinimum = name.StartsWith("min", StringComparison.Ordinal);
        _bound = bound;
    }

    public override bool Check(ref Evaluation e, int at, int marks)
    {
        ref readonly var node = ref e.Instance.Nodes[at];
        var length = node.Length;
        if (node.Kind == InstanceKind.String)
        {
            // A character takes one to six bytes (twelve when it is escaped as a pair): most strings need no count.
            if (_isMinimum ? (length + 11) / 12 >= _bound : length <= _bound)
                return true;
            length = InstanceText.CountCharacters(e.Instance.Token(at), node.Escaped);
        }
        if (_isMinimum ? length >= _bound : length <= _bound)
            return true;
        return Fail(ref e, at, e.Collects
            ? $"has {length} {Unit(node.Kind)}, but must have at {(_isMinimum ? "least" : "most")} {_bound}"
            : "");
    }

    private static string Unit(InstanceKind kind) => kind switch
    {
        InstanceKind.String => "characters",
        InstanceKind.Array => "items",
        _ => "members",
    };
}
