using System.Text.Json;

namespace Cairn.Models;

/// <summary>The documents of one compilation: resolves references to places in them (core, sections 8.2 and 9).</summary>
internal sealed class SchemaLibrary(JsonSchemaOptions options)
{
    /// <summary>Of a schema that does not say its own: references without an authority resolve against it.</summary>
    private static readonly Uri NoAddress = new("json-schema:///schema");

    private readonly Dictionary<string, SchemaResource> _resources = new(StringComparer.Ordinal);
    private int _places;

    public SchemaDocument Open(JsonElement schema) => Index(schema, NoAddress, "");

    /// <summary>The document and the JSON pointer that a reference means.</summary>
    public (SchemaDocument Document, string Pointer, string? DynamicAnchor) Resolve(string reference, SchemaResource from, string location)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var fragment = hash < 0 ? "" : Uri.UnescapeDataString(reference[(hash + 1)..]);
        var resource = FindResource(hash < 0 ? reference : reference[..hash], from, location);
        if (fragment.Length == 0)
            return (resource.Document, resource.Pointer, null);
        if (fragment[0] == '/')
            return (resource.Document, resource.Pointer + fragment, null);
        if (!resource.Anchors.TryGetValue(fragment, out var pointer))
            throw Unresolved(reference, location, $"there is no $anchor '{fragment}' in {resource.Address}");
        return (resource.Document, pointer, resource.DynamicAnchors.Contains(fragment) ? fragment : null);
    }

    /// <summary>
    /// The schema at a pointer, and the resource that it belongs to. A place that no keyword makes a schema is taken as one because a
    /// reference leads there.
    /// </summary>
    public (JsonElement Schema, SchemaResource Resource) Place(SchemaDocument document, string pointer, string location)
    {
        if (document.Places.TryGetValue(pointer, out var known))
            return known;
        var element = document.Root;
        var resource = document.Places[""].Resource;
        var path = "";
        foreach (var token in pointer.Split('/').Skip(1))
        {
            path += "/" + token;
            element = Step(element, token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))
                ?? throw Unresolved("#" + pointer, location, "nothing is there");
            if (document.Places.TryGetValue(path, out var place))
                resource = place.Resource;
        }
        Walk(document, element, pointer, resource);
        return document.Places.TryGetValue(pointer, out known)
            ? known
            : throw Unresolved("#" + pointer, location, "what is there is no schema");
    }

    private SchemaResource FindResource(string address, SchemaResource from, string location)
    {
        if (address.Length == 0)
            return from;
        var absolute = Absolute(address, from.Address, location);
        if (_resources.TryGetValue(absolute.AbsoluteUri, out var known))
            return known;
        if (options.Registry.Find(absolute) is not { } document)
            throw Unresolved(address, location, $"no document is registered for {absolute}; nothing is fetched");
        return Index(document, absolute, absolute.AbsoluteUri).Places[""].Resource;
    }

    private SchemaDocument Index(JsonElement root, Uri address, string shown)
    {
        var document = new SchemaDocument(root, shown);
        var resource = new SchemaResource(address, document, "", DialectOf(root, SchemaDialect.Standard));
        _resources[address.AbsoluteUri] = resource;
        Walk(document, root, "", resource);
        if (!document.Places.ContainsKey(""))
            throw new JsonSchemaException("schema.invalid",
                $"A schema is an object or a boolean, but {(shown.Length == 0 ? "this one" : shown)} is {Name(root.ValueKind)}.",
                "Write an object with keywords.");
        return document;
    }

    private void Walk(SchemaDocument document, JsonElement schema, string pointer, SchemaResource resource)
    {
        if (schema.ValueKind is not (JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False))
            return;
        if (++_places > options.MaxSubschemas)
            throw new JsonSchemaException("schema.limit",
                $"The schema and what it refers to have more than {options.MaxSubschemas} subschemas.",
                "Split the schema, or raise MaxSubschemas.");
        if (schema.ValueKind == JsonValueKind.Object)
        {
            resource = Identify(document, schema, pointer, resource);
            foreach (var member in schema.EnumerateObject())
                WalkMember(document, member, pointer + "/" + InstancePath.Escape(member.Name), resource);
        }
        document.Places[pointer] = (schema, resource);
    }

    private void WalkMember(SchemaDocument document, JsonProperty member, string pointer, SchemaResource resource)
    {
        if (SchemaPositions.Single.Contains(member.Name))
            Walk(document, member.Value, pointer, resource);
        else if (SchemaPositions.Lists.Contains(member.Name) && member.Value.ValueKind == JsonValueKind.Array)
        {
            var ordinal = 0;
            foreach (var item in member.Value.EnumerateArray())
                Walk(document, item, FormattableString.Invariant($"{pointer}/{ordinal++}"), resource);
        }
        else if (SchemaPositions.Maps.Contains(member.Name) && member.Value.ValueKind == JsonValueKind.Object)
        {
            foreach (var entry in member.Value.EnumerateObject())
                Walk(document, entry.Value, pointer + "/" + InstancePath.Escape(entry.Name), resource);
        }
    }

    private SchemaResource Identify(SchemaDocument document, JsonElement schema, string pointer, SchemaResource resource)
    {
        if (Text(schema, "$id") is { } id)
        {
            var address = Absolute(id, resource.Address, document.ShownAddress + "#" + pointer);
            resource = new SchemaResource(address, document, pointer, DialectOf(schema, resource.Dialect));
            _resources[address.AbsoluteUri] = resource;
        }
        if (Text(schema, "$anchor") is { } anchor)
            resource.Anchors[anchor] = pointer;
        if (Text(schema, "$dynamicAnchor") is { } dynamic)
        {
            resource.Anchors[dynamic] = pointer;
            resource.DynamicAnchors.Add(dynamic);
        }
        return resource;
    }

    private SchemaDialect DialectOf(JsonElement schema, SchemaDialect inherited)
    {
        if (Text(schema, "$schema") is not { } name)
            return inherited;
        if (name.TrimEnd('#') == SchemaDialect.Draft)
            return SchemaDialect.Standard;
        if (!Uri.TryCreate(name, UriKind.Absolute, out var address) || options.Registry.Find(address) is not { } metaschema)
            throw new JsonSchemaException("schema.dialect", $"The schema is written in {name}, which Cairn does not know.",
                $"Write it in draft 2020-12 ($schema: {SchemaDialect.Draft}), or register the metaschema.");
        if (metaschema.ValueKind != JsonValueKind.Object || !metaschema.TryGetProperty("$vocabulary", out var vocabulary)
            || vocabulary.ValueKind != JsonValueKind.Object)
            return SchemaDialect.Standard;
        foreach (var entry in vocabulary.EnumerateObject())
        {
            if (entry.Value.ValueKind == JsonValueKind.True && !entry.Name.StartsWith(SchemaDialect.Vocabularies, StringComparison.Ordinal))
                throw new JsonSchemaException("schema.dialect", $"{name} requires the vocabulary {entry.Name}, which Cairn does not know.",
                    "Make the vocabulary optional (false) in the metaschema, or leave it out.");
        }
        return new(vocabulary.TryGetProperty(SchemaDialect.Vocabularies + "validation", out _),
            vocabulary.TryGetProperty(SchemaDialect.Vocabularies + "format-assertion", out _));
    }

    private static Uri Absolute(string reference, Uri from, string location)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var address = hash < 0 ? reference : reference[..hash];
        if (address.Length == 0)
            return from;
        if (Uri.TryCreate(address, UriKind.Absolute, out var absolute) && !address.StartsWith('/'))
            return absolute;
        return Uri.TryCreate(from, address, out absolute)
            ? absolute
            : throw Unresolved(reference, location, $"it cannot be resolved against {from}");
    }

    private static JsonElement? Step(JsonElement element, string token) => element.ValueKind switch
    {
        JsonValueKind.Object when element.TryGetProperty(token, out var member) => member,
        JsonValueKind.Array when int.TryParse(token, System.Globalization.NumberStyles.None, null, out var i)
            && i < element.GetArrayLength() => element[i],
        _ => null,
    };

    private static string? Text(JsonElement schema, string name)
        => schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        _ => "null",
    };

    private static JsonSchemaException Unresolved(string reference, string location, string why)
        => new("schema.reference", $"The reference '{reference}' at {location} leads nowhere: {why}.",
            "Mend the reference, or register the document that it means.");
}
