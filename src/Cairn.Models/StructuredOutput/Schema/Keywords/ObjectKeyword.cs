namespace Cairn.Models;

/// <summary>
/// <c>properties</c>, <c>patternProperties</c>, <c>additionalProperties</c>, <c>propertyNames</c> and <c>required</c>, in one pass over the
/// members.
/// </summary>
internal sealed class ObjectKeyword : Keyword
{
    private readonly NameTable _names;
    private readonly SchemaNode?[] _properties;
    private readonly int[] _requiredBits;
    private readonly string[] _required;
    private readonly (SchemaPattern Pattern, SchemaNode Schema)[] _patterns;
    private readonly SchemaNode? _additional;
    private readonly SchemaNode? _propertyNames;

    public ObjectKeyword(
        SchemaNode schema,
        IReadOnlyList<(string Name, SchemaNode Schema)> properties,
        IReadOnlyList<(SchemaPattern Pattern, SchemaNode Schema)> patterns,
        SchemaNode? additional,
        SchemaNode? propertyNames,
        IReadOnlyList<string> required)
        : base(schema, "properties", Objects)
    {
        var names = properties.Select(p => p.Name).Concat(required).Distinct(StringComparer.Ordinal).ToList();
        var byName = properties.ToDictionary(p => p.Name, p => p.Schema, StringComparer.Ordinal);
        _names = new NameTable(names);
        _properties = [.. names.Select(n => byName.GetValueOrDefault(n))];
        _required = [.. required.Distinct(StringComparer.Ordinal)];
        _requiredBits = [.. names.Select(n => Array.IndexOf(_required, n))];
        _patterns = [.. patterns];
        _additional = additional;
        _propertyNames = propertyNames;
    }

    public override bool Check(ref Evaluation e, int at, int marks)
    {
        var nodes = e.Instance.Nodes;
        var seen = e.TakeMarks(_required.Length);
        var missing = _required.Length;
        var valid = true;
        var ordinal = 0;
        for (var name = at + 1; name < nodes[at].Next && (valid || e.Collects); name = nodes[name + 1].Next, ordinal++)
        {
            if (_propertyNames is not null)
                valid &= _propertyNames.Evaluate(ref e, name, -1);
            var place = Find(ref e, name);
            var judged = false;
            if (place >= 0)
            {
                var bit = _requiredBits[place];
                if (bit >= 0 && !e.IsMarked(seen, bit))
                {
                    e.Mark(seen, bit);
                    missing--;
                }
                if (_properties[place] is { } property)
                {
                    judged = true;
                    valid &= property.Evaluate(ref e, name + 1, -1);
                }
            }
            foreach (var (pattern, schema) in _patterns)
            {
                if (!pattern.IsMatch(ref e, name))
                    continue;
                judged = true;
                valid &= schema.Evaluate(ref e, name + 1, -1);
            }
            if (!judged && _additional is not null)
            {
                judged = true;
                valid &= _additional.Evaluate(ref e, name + 1, -1);
            }
            if (judged)
                e.Mark(marks, ordinal);
        }
        if (missing > 0 && (valid || e.Collects))
            valid = FailMissing(ref e, at, seen);
        e.ReleaseMarks(seen);
        return valid;
    }

    private int Find(ref Evaluation e, int name)
    {
        if (!e.Instance.Nodes[name].Escaped)
            return _names.Find(e.Instance.Token(name));
        using var text = UnescapedText.Of(e.Instance, name);
        return _names.Find(text.Bytes);
    }

    private bool FailMissing(ref Evaluation e, int at, int seen)
    {
        for (var i = 0; i < _required.Length && e.Collects; i++)
        {
            if (!e.IsMarked(seen, i))
                e.Fail(at, Schema, "required", $"has no member '{_required[i]}', which is required");
        }
        return false;
    }
}
