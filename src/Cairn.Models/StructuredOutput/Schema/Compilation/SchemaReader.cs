using System.Collections.Immutable;
using System.Text.Json;

namespace Cairn.Models;

/// <summary>Reads one subschema's keywords. Cheap ones come first, so that most invalid values cost little.</summary>
internal sealed class SchemaReader(
    SchemaCompiler compiler, SchemaNode node, JsonElement schema, SchemaDocument document, string pointer, SchemaResource resource)
{
    private readonly ImmutableArray<Keyword>.Builder _keywords = ImmutableArray.CreateBuilder<Keyword>();

    public ImmutableArray<Keyword> ReadKeywords()
    {
        if (resource.Dialect.Validates)
            ReadAssertions();
        ReadFormat();
        ReadObjectKeywords();
        ReadArrayKeywords();
        ReadCombinations();
        if (Child("unevaluatedItems") is { } items)
            _keywords.Add(new UnevaluatedKeyword(node, properties: false, items));
        if (Child("unevaluatedProperties") is { } properties)
            _keywords.Add(new UnevaluatedKeyword(node, properties: true, properties));
        return _keywords.ToImmutable();
    }

    private void ReadAssertions()
    {
        if (Find("type") is { } type)
            node.Restrict(type.ValueKind == JsonValueKind.Array
                ? Elements("type").Aggregate(0, (mask, t) => mask | TypeBits(t))
                : TypeBits(type));
        if (Find("const") is { } constant)
            _keywords.Add(new EnumKeyword(node, "const", [new(constant)]));
        if (Find("enum") is not null)
            _keywords.Add(new EnumKeyword(node, "enum", [.. Elements("enum").Select(v => new SchemaConstant(v))]));
        foreach (var name in new[] { "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties" })
        {
            if (Count(name) is { } bound)
                _keywords.Add(new LengthKeyword(node, name, bound));
        }
        foreach (var name in new[] { "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf" })
        {
            if (Find(name) is { } bound)
                _keywords.Add(new NumberKeyword(node, name, Number(name, bound)));
        }
        if (Find("pattern") is { } pattern)
            _keywords.Add(new PatternKeyword(node, Pattern("pattern", Text("pattern", pattern))));
        if (Find("uniqueItems") is { } unique && Boolean("uniqueItems", unique))
            _keywords.Add(new UniqueItemsKeyword(node));
        foreach (var (name, members) in Members("dependentRequired"))
            _keywords.Add(new DependentKeyword(node, name, Texts("dependentRequired", members), null));
    }

    private void ReadFormat()
    {
        if (Find("format") is not { } value)
            return;
        var format = Text("format", value);
        if ((compiler.Options.AssertFormats || resource.Dialect.AssertsFormats) && SchemaFormats.Find(format) is { } check)
            _keywords.Add(new FormatKeyword(node, format, check));
    }

    private void ReadObjectKeywords()
    {
        var properties = Members("properties").Select(m => (m.Name, At("properties", m.Name))).ToList();
        var patterns = Members("patternProperties").Select(m => (Pattern("patternProperties", m.Name), At("patternProperties", m.Name)))
            .ToList();
        var additional = Child("additionalProperties");
        var names = Child("propertyNames");
        List<string> required = resource.Dialect.Validates && Find("required") is { } list ? Texts("required", list) : [];
        if (properties.Count + patterns.Count + required.Count > 0 || additional is not null || names is not null)
            _keywords.Add(new ObjectKeyword(node, properties, patterns, additional, names, required));
        foreach (var (name, _) in Members("dependentSchemas"))
            _keywords.Add(new DependentKeyword(node, name, [], At("dependentSchemas", name)));
    }

    private void ReadArrayKeywords()
    {
        var prefix = List("prefixItems");
        if (Find("items") is { ValueKind: JsonValueKind.Array })
            throw Invalid("items", "is a list, as in older drafts", "Since draft 2020-12 a list of schemas is called prefixItems.");
        var rest = Child("items");
        if (prefix.Length > 0 || rest is not null)
            _keywords.Add(new ItemsKeyword(node, prefix, rest));
        if (Child("contains") is { } wanted)
        {
            var validates = resource.Dialect.Validates;
            _keywords.Add(new ContainsKeyword(node, wanted, validates ? Count("minContains") ?? 1 : 1,
                validates ? Count("maxContains") ?? long.MaxValue : long.MaxValue));
        }
    }

    private void ReadCombinations()
    {
        foreach (var name in new[] { "$ref", "$dynamicRef" })
        {
            if (Find(name) is { } reference)
                _keywords.Add(compiler.Reference(node, name, Text(name, reference), resource));
        }
        if (List("allOf") is { Length: > 0 } all)
            _keywords.Add(new ReferenceKeyword(node, "allOf", all));
        if (List("anyOf") is { Length: > 0 } any)
            _keywords.Add(new AlternativesKeyword(node, exactlyOne: false, any));
        if (List("oneOf") is { Length: > 0 } one)
            _keywords.Add(new AlternativesKeyword(node, exactlyOne: true, one));
        if (Child("not") is { } forbidden)
            _keywords.Add(new NotKeyword(node, forbidden));
        if (Child("if") is { } condition)
            _keywords.Add(new ConditionKeyword(node, condition, Child("then"), Child("else")));
    }

    private JsonElement? Find(string name) => schema.TryGetProperty(name, out var value) ? value : null;

    private SchemaNode At(string keyword, string key) => compiler.NodeAt(document, $"{pointer}/{keyword}/{InstancePath.Escape(key)}");

    private SchemaNode? Child(string name)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False))
            throw Invalid(name, "is no schema", "A schema is an object or a boolean.");
        return compiler.NodeAt(document, $"{pointer}/{name}");
    }

    private SchemaNode[] List(string name)
    {
        if (Find(name) is null)
            return [];
        var elements = Elements(name);
        return elements.Count > 0
            ? [.. Enumerable.Range(0, elements.Count).Select(i => At(name, i.ToString(System.Globalization.CultureInfo.InvariantCulture)))]
            : throw Invalid(name, "is empty", "Give at least one schema, or leave the keyword out.");
    }

    private List<JsonElement> Elements(string name)
        => Find(name) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray()]
            : throw Invalid(name, "is no array", "Write an array.");

    private List<(string Name, JsonElement Value)> Members(string name)
    {
        if (Find(name) is not { } map)
            return [];
        if (map.ValueKind != JsonValueKind.Object)
            throw Invalid(name, "is no object", "Write an object.");
        return [.. map.EnumerateObject().GroupBy(m => m.Name, StringComparer.Ordinal).Select(g => (g.Key, g.Last().Value))];
    }

    private List<string> Texts(string name, JsonElement list)
        => list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(v => Text(name, v))]
            : throw Invalid(name, "is no array of strings", "Write an array of strings.");

    private string Text(string name, JsonElement value)
        => value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Invalid(name, "is no string", "Write a string.");

    private bool Boolean(string name, JsonElement value)
        => value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw Invalid(name, "is no boolean", "Write true or false.");

    private string Number(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number)
            throw Invalid(name, "is no number", "Write a number.");
        var text = value.GetRawText();
        var number = new ExactNumber(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value));
        return name != "multipleOf" || (!number.IsZero && !number.Negative)
            ? text
            : throw Invalid(name, "is not more than zero", "Write a number above zero.");
    }

    private long? Count(string name)
    {
        if (Find(name) is not { } value)
            return null;
        var whole = value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number >= 0
            && decimal.IsInteger(number) ? number : (decimal?)null;
        return whole is { } count
            ? (long)Math.Min(count, long.MaxValue)
            : throw Invalid(name, "is no count", "Write a whole number that is not negative.");
    }

    private int TypeBits(JsonElement type) => Text("type", type) switch
    {
        "null" => 1 << (int)InstanceKind.Null,
        "boolean" => 1 << (int)InstanceKind.Boolean,
        "number" => 1 << (int)InstanceKind.Number,
        "integer" => SchemaNode.IntegerBit,
        "string" => 1 << (int)InstanceKind.String,
        "array" => 1 << (int)InstanceKind.Array,
        "object" => 1 << (int)InstanceKind.Object,
        var other => throw Invalid("type", $"names '{other}'", "The types are null, boolean, number, integer, string, array and object."),
    };

    private SchemaPattern Pattern(string name, string pattern)
    {
        try
        {
            return new SchemaPattern(pattern, compiler.Options.PatternTimeLimit);
        }
        catch (FormatException e)
        {
            throw new JsonSchemaException("schema.pattern", $"{node.Location}/{name} is no regular expression of ECMA-262: {e.Message}",
                "Mend the pattern.", e);
        }
    }

    private JsonSchemaException Invalid(string keyword, string what, string fix)
        => new("schema.invalid", $"{node.Location}/{keyword} {what}.", fix);
}
