using System.Text;

namespace Cairn.Models;

/// <summary><c>dependentRequired</c> and <c>dependentSchemas</c>: what holds when a member is there.</summary>
internal sealed class DependentKeyword : Keyword
{
    private readonly byte[] _trigger;
    private readonly string _member;
    private readonly byte[][] _required;
    private readonly SchemaNode? _then;

    /// <param name="schema">Where it stands.</param>
    /// <param name="member">The member that triggers it.</param>
    /// <param name="required">The members that must be there too.</param>
    /// <param name="then">What the object must satisfy too.</param>
    public DependentKeyword(SchemaNode schema, string member, IReadOnlyList<string> required, SchemaNode? then)
        : base(schema, then is null ? "dependentRequired" : "dependentSchemas", Objects)
    {
        _trigger = Encoding.UTF8.GetBytes(member);
        _member = member;
        _required = [.. required.Select(Encoding.UTF8.GetBytes)];
        _then = then;
    }

    public override bool Check(ref Evaluation e, int at, int marks)
    {
        if (!Has(ref e, at, _trigger))
            return true;
        foreach (var name in _required)
        {
            if (!Has(ref e, at, name))
                return Fail(ref e, at, e.Collects
                    ? $"has a member '{_member}' and so must have '{Encoding.UTF8.GetString(name)}' too"
                    : "");
        }
        return _then?.Evaluate(ref e, at, marks) ?? true;
    }

    private static bool Has(ref Evaluation e, int at, ReadOnlySpan<byte> wanted)
    {
        var nodes = e.Instance.Nodes;
        for (var name = at + 1; name < nodes[at].Next; name = nodes[name + 1].Next)
        {
            e.Step();
            using var text = UnescapedText.Of(e.Instance, name);
            if (text.Bytes.SequenceEqual(wanted))
                return true;
        }
        return false;
    }
}
