using System.Collections.Immutable;

namespace Cairn.Models;

/// <summary><c>enum</c> and <c>const</c> (validation, sections 6.1.2 and 6.1.3).</summary>
internal sealed class EnumKeyword : Keyword
{
    private readonly SchemaConstant[] _values;
    private readonly NameTable _strings;

    public EnumKeyword(SchemaNode schema, string name, ImmutableArray<SchemaConstant> values)
        : base(schema, name, SchemaNode.AnyType)
    {
        _strings = new NameTable([.. values.Where(v => v.Text is not null).Select(v => v.Text!)]);
        _values = [.. values.Where(v => v.Text is null)];
        Shown = string.Join(", ", values.Take(10).Select(v => v.ToString())) + (values.Length > 10 ? ", ..." : "");
    }

    private string Shown { get; }

    public override bool Check(ref Evaluation e, int at, int marks)
    {
        if (e.Instance.Nodes[at].Kind == InstanceKind.String)
        {
            using var text = UnescapedText.Of(e.Instance, at);
            if (_strings.Find(text.Bytes) >= 0)
                return true;
        }
        else
        {
            foreach (var value in _values)
            {
                if (InstanceEquality.AreEqual(ref e, e.Instance, at, value.Instance, 0))
                    return true;
            }
        }
        return Fail(ref e, at, Name == "const" ? $"must be {Shown}" : $"must be one of {Shown}");
    }
}
