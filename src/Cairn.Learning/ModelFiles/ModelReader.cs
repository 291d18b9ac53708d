using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Cairn.Learning;

/// <summary>Gives parts their fields back; whatever is missing, of another kind or left over is refused with its path.</summary>
internal sealed class ModelReader(JsonElement root, Dictionary<string, (SafeTensorsEntry Entry, byte[] Bytes)> arrays) : ModelState
{
    private JsonElement at = root;
    private string path = "";
    private int taken;

    /// <summary>The path of an array that nothing asked for; null when there is none.</summary>
    public bool HasLeftOver => taken != arrays.Count;

    public override bool IsReading => true;

    public override void Require(bool holds, string what)
    {
        if (!holds)
            throw new InvalidDataException($"The model file is refused at '{path.TrimEnd('.')}': {what}.");
    }

    public override void Value(string name, ref bool value)
    {
        var field = Field(name);
        Require(field.ValueKind is JsonValueKind.True or JsonValueKind.False, $"'{name}' is neither true nor false");
        value = field.GetBoolean();
    }

    public override void Value(string name, ref int value)
        => Require(Field(name) is { ValueKind: JsonValueKind.Number } field && field.TryGetInt32(out value),
            $"'{name}' is no whole number");

    public override void Value(string name, ref long value)
        => Require(Field(name) is { ValueKind: JsonValueKind.Number } field && field.TryGetInt64(out value),
            $"'{name}' is no whole number");

    public override void Value(string name, ref double value)
        => Require(Field(name) is { ValueKind: JsonValueKind.Number } field && field.TryGetDouble(out value) && double.IsFinite(value),
            $"'{name}' is no number");

    public override void Value(string name, ref string value)
    {
        var field = Field(name);
        Require(field.ValueKind == JsonValueKind.String, $"'{name}' is no text");
        value = field.GetString()!;
    }

    public override void Options<T>(string name, ref T value, JsonTypeInfo<T> type)
    {
        try
        {
            value = Field(name).Deserialize(type) ?? throw new JsonException("it is null");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The model file is refused at '{path}{name}': {error.Message}", error);
        }
    }

    public override void Numbers<T>(string name, ref T[] values)
    {
        var has = arrays.TryGetValue(path + name, out var found);
        Require(has && found.Entry.Kind == ArrayKinds.NameOf<T>() && found.Entry.Shape.Rank == 1,
            $"there is no list '{name}' of the type {ArrayKinds.NameOf<T>()}");
        values = MemoryMarshal.Cast<byte, T>(found.Bytes).ToArray();
        taken++;
    }

    public override void Part<T>(string name, ref T? part)
        where T : class
        => part = Read<T>(name, Field(name));

    public override void OptionalPart<T>(string name, ref T? part)
        where T : class
        => part = at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var field) ? Read<T>(name, field) : null;

    public override void Parts<T>(string name, ref T[] parts)
    {
        var field = Field(name);
        Require(field.ValueKind == JsonValueKind.Array, $"'{name}' is no list");
        parts = new T[field.GetArrayLength()];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = Read<T>($"{name}.{i}", field[i])!;
            Require(parts[i] is not null, $"'{name}' has an empty place");
        }
    }

    private T? Read<T>(string name, JsonElement field)
        where T : class
    {
        if (field.ValueKind == JsonValueKind.Null)
            return null;
        Require(field.ValueKind == JsonValueKind.Object && field.TryGetProperty("kind", out var kind)
            && kind.ValueKind == JsonValueKind.String, $"'{name}' is no part with a kind");
        var (before, outer) = (path, at);
        (path, at) = ($"{path}{name}.", field);
        var made = ModelKinds.Make(field.GetProperty("kind").GetString()!);
        Require(made is T, $"its kind '{field.GetProperty("kind").GetString()}' is unknown here");
        ((IStorable)made!).Exchange(this);
        (path, at) = (before, outer);
        return (T)made!;
    }

    private JsonElement Field(string name)
    {
        Require(at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out _), $"'{name}' is missing");
        return at.GetProperty(name);
    }
}
