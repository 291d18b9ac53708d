using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary>One compiled subschema: its keywords, sorted by the kind of value that they judge, so that the others cost nothing.</summary>
internal sealed class SchemaNode(string location)
{
    internal const int IntegerBit = 1 << 6;
    internal const int AnyType = 0x3F;

    private static readonly string[] KindNames = ["null", "a boolean", "a number", "a string", "an array", "an object"];

    private readonly Keyword[][] _byKind = [[], [], [], [], [], []];
    private readonly Keyword?[] _unevaluated = new Keyword?[6];
    private bool _never;
    private int _types = AnyType;
    private SchemaResource? _resource;

    /// <summary>Its JSON pointer as a fragment, with the schema's address before it when that is not the root.</summary>
    public string Location { get; } = location;

    public void Forbid() => _never = true;

    public void Restrict(int types) => _types = types;

    /// <summary>Makes it part of the dynamic scope: needed only where a schema has dynamic references.</summary>
    public void EnterScope(SchemaResource resource) => _resource = resource;

    /// <summary>Sets what it is made of. It exists before, because schemas refer to each other in circles.</summary>
    /// <param name="keywords">In the order in which they are checked.</param>
    public void Complete(ImmutableArray<Keyword> keywords)
    {
        for (var kind = 0; kind < _byKind.Length; kind++)
        {
            var bit = 1 << kind;
            _byKind[kind] = [.. keywords.Where(k => (k.Kinds & bit) != 0 && k is not UnevaluatedKeyword)];
            _unevaluated[kind] = keywords.FirstOrDefault(k => (k.Kinds & bit) != 0 && k is UnevaluatedKeyword);
        }
    }

    /// <param name="e">The evaluation.</param>
    /// <param name="at">The value's node.</param>
    /// <param name="marks">The set in which evaluated children of the value are marked for an <c>unevaluated…</c> around; -1 when there is
    /// none.</param>
    public bool Evaluate(ref Evaluation e, int at, int marks)
    {
        if (_never)
            return e.Fail(at, this, "", "is not allowed here");
        ref readonly var node = ref e.Instance.Nodes[at];
        var kind = (int)node.Kind;
        if ((_types & (1 << kind)) == 0 && !IsWantedInteger(ref e, at, kind))
            return e.Fail(at, this, "type", e.Collects ? $"is {KindNames[kind]}, but must be {TypesText()}" : "");
        var keywords = _byKind[kind];
        var unevaluated = _unevaluated[kind];
        if (keywords.Length == 0 && unevaluated is null)
            return true;
        e.Enter(_resource);
        var own = unevaluated is null ? marks : e.TakeMarks(node.Length);
        var valid = true;
        foreach (var keyword in keywords)
        {
            if (keyword.Check(ref e, at, own))
                continue;
            valid = false;
            if (!e.Collects)
                break;
        }
        if (unevaluated is not null)
        {
            // What is not evaluated is known only when all else holds.
            valid = valid && unevaluated.Check(ref e, at, own);
            if (marks >= 0 && valid)
                e.MergeMarks(own, marks, node.Length);
            e.ReleaseMarks(own);
        }
        e.Leave(_resource);
        return valid;
    }

    private bool IsWantedInteger(ref Evaluation e, int at, int kind)
        => (_types & IntegerBit) != 0 && kind == (int)InstanceKind.Number && NumberKeyword.IsInteger(e.Instance.Token(at));

    private string TypesText()
    {
        var types = _types;
        var names = Enumerable.Range(0, KindNames.Length).Where(k => (types & (1 << k)) != 0).Select(k => KindNames[k]).ToList();
        if ((types & IntegerBit) != 0)
            names.Add("an integer");
        return names.Count == 0 ? "nothing" : string.Join(" or ", names);
    }
}
