using System.Text.Json;

namespace Cairn.Learning;

/// <summary>Reads a <c>config.json</c>: every number is held to sensible bounds before memory is taken for it.</summary>
internal sealed class PublishedConfig
{
    private const int MostBytes = 1 << 20;
    private readonly JsonElement root;

    private PublishedConfig(JsonElement root) => this.root = root;

    /// <summary>What the model is, in the words of the file: <c>gpt2</c>, <c>llama</c>, <c>bert</c>, <c>resnet</c>.</summary>
    internal string Kind => Text("model_type", Text("architecture", ""));

    internal static PublishedConfig Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var bytes = new byte[MostBytes + 1];
        var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (count > MostBytes)
            throw new InvalidDataException($"The configuration is longer than {MostBytes} bytes; is it config.json?");
        try
        {
            using var document = JsonDocument.Parse(bytes.AsMemory(0, count));
            return document.RootElement.ValueKind == JsonValueKind.Object ? new(document.RootElement.Clone())
                : throw new InvalidDataException("The configuration is no JSON object.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The configuration is not JSON: {error.Message}", error);
        }
    }

    internal bool Has(string name) => root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>An object within; null where there is none.</summary>
    internal PublishedConfig? Part(string name)
        => !Has(name) ? null
            : root.GetProperty(name) is { ValueKind: JsonValueKind.Object } part ? new(part)
            : throw new InvalidDataException($"The configuration says {name}: {root.GetProperty(name)}, which is no object.");

    /// <summary>A whole number from 1 to <paramref name="most"/>.</summary>
    internal int Size(string name, int? fallback = null, int most = 4_000_000)
    {
        if (!Has(name))
            return fallback ?? throw new InvalidDataException($"The configuration lacks '{name}'.");
        return Size(root.GetProperty(name), name, most);
    }

    internal int[] Sizes(string name, int most)
    {
        if (!Has(name) || root.GetProperty(name).ValueKind != JsonValueKind.Array || root.GetProperty(name).GetArrayLength() is 0 or > 16)
            throw new InvalidDataException($"The configuration has no list '{name}' of 1 to 16 numbers.");
        return [.. root.GetProperty(name).EnumerateArray().Select(v => Size(v, name, most))];
    }

    internal double Number(string name, double fallback)
    {
        if (!Has(name))
            return fallback;
        return root.GetProperty(name) is { ValueKind: JsonValueKind.Number } value && value.GetDouble() is > 0 and < 1e12 and var number
            ? number
            : throw new InvalidDataException($"The configuration says {name}: {root.GetProperty(name)}, which is no positive number.");
    }

    internal string Text(string name, string fallback)
        => !Has(name) ? fallback
            : root.GetProperty(name) is { ValueKind: JsonValueKind.String } value ? value.GetString()!
            : throw new InvalidDataException($"The configuration says {name}: {root.GetProperty(name)}, which is no text.");

    /// <summary>A list of texts, none empty.</summary>
    internal string[] Texts(string name)
        => Has(name) && root.GetProperty(name) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() is > 0 and < 10_000
            && list.EnumerateArray().All(t => t.ValueKind == JsonValueKind.String && t.GetString()!.Length > 0)
            ? [.. list.EnumerateArray().Select(t => t.GetString()!)]
            : throw new InvalidDataException($"The configuration has no list of names '{name}'.");

    internal bool Flag(string name, bool fallback)
        => !Has(name) ? fallback
            : root.GetProperty(name).ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => throw new InvalidDataException(
                    $"The configuration says {name}: {root.GetProperty(name)}, which is neither true nor false."),
            };

    /// <summary>How many entries an object has; the fallback where there is none.</summary>
    internal int Entries(string name, int fallback)
        => Has(name) && root.GetProperty(name).ValueKind == JsonValueKind.Object
            ? root.GetProperty(name).EnumerateObject().Count()
            : fallback;

    /// <exception cref="InvalidDataException">The configuration asks for what is not computed here.</exception>
    internal void Require(bool holds, string name, string only)
    {
        if (!holds)
            throw new InvalidDataException($"The configuration says {name}: {(Has(name) ? root.GetProperty(name) : "nothing")}; {only}.");
    }

    private static int Size(JsonElement value, string name, int most)
        => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var size) && size >= 1 && size <= most ? size
            : throw new InvalidDataException($"The configuration says {name}: {value}; 1 to {most} are read.");
}
