using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Cairn.Learning;

/// <summary>Collects parts as JSON and arrays under their paths.</summary>
internal sealed class ModelWriter(Utf8JsonWriter json) : ModelState
{
    private readonly List<SafeTensorsPart> arrays = [];
    private string path = "";

    /// <summary>Wide types first, so that every array lies aligned.</summary>
    public IReadOnlyList<SafeTensorsPart> Arrays => [.. arrays.OrderByDescending(a => SafeTensorsEntry.SizeOf(a.Kind))];

    public override bool IsReading => false;

    public override void Require(bool holds, string what)
    {
    }

    public override void Value(string name, ref bool value) => json.WriteBoolean(name, value);

    public override void Value(string name, ref int value) => json.WriteNumber(name, value);

    public override void Value(string name, ref long value) => json.WriteNumber(name, value);

    public override void Value(string name, ref double value) => json.WriteNumber(name, value);

    public override void Value(string name, ref string value) => json.WriteString(name, value);

    public override void Options<T>(string name, ref T value, JsonTypeInfo<T> type)
    {
        json.WritePropertyName(name);
        JsonSerializer.Serialize(json, value, type);
    }

    public override void Numbers<T>(string name, ref T[] values)
    {
        var kept = values;
        arrays.Add(new(path + name, ArrayKinds.NameOf<T>(), Shape.Of(kept.Length), stream => stream.Write(MemoryMarshal.AsBytes<T>(kept))));
    }

    public override void Part<T>(string name, ref T? part)
        where T : class
    {
        json.WritePropertyName(name);
        Write(name, part);
    }

    public override void OptionalPart<T>(string name, ref T? part)
        where T : class
    {
        if (part is not null)
            Part(name, ref part);
    }

    public override void Parts<T>(string name, ref T[] parts)
    {
        json.WriteStartArray(name);
        for (var i = 0; i < parts.Length; i++)
            Write($"{name}.{i}", parts[i]);
        json.WriteEndArray();
    }

    private void Write(string name, object? part)
    {
        if (part is null)
        {
            json.WriteNullValue();
            return;
        }
        var before = path;
        path = $"{path}{name}.";
        json.WriteStartObject();
        json.WriteString("kind", ModelKinds.NameOf(part));
        ((IStorable)part).Exchange(this);
        json.WriteEndObject();
        path = before;
    }
}
