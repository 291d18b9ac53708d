using System.Runtime.InteropServices;
using System.Text.Json;

namespace Cairn.Learning;

/// <summary>
/// Fitted estimators, transformers and vectorisers in a stream: a safetensors file (docs/model-files.md) whose metadata describe the parts
/// as JSON and whose arrays hold their numbers bit for bit, so that what is read predicts exactly what was written. Data only: a kind is
/// looked up in a fixed list, every length, position and reference is checked before it is used, and memory is taken only for what has
/// arrived.
/// </summary>
public static class ModelFile
{
    private const string Format = "cairn-model";
    private const string Version = "1";

    /// <summary>The kinds of parts that a file can hold, by name.</summary>
    public static IReadOnlyCollection<string> Kinds => ModelKinds.Names;

    /// <param name="stream">Written to, not closed.</param>
    /// <param name="parts">Fitted parts under names without a dot.</param>
    /// <param name="metadata">Texts of the writer's own; names begin with a letter.</param>
    /// <exception cref="NotSupportedException">A part, or one within it, is of a kind that files do not hold.</exception>
    public static void Write(Stream stream, IReadOnlyDictionary<string, object> parts, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(parts);
        using var buffer = new MemoryStream();
        IReadOnlyList<SafeTensorsPart> arrays;
        using (var json = new Utf8JsonWriter(buffer))
        {
            var writer = new ModelWriter(json);
            json.WriteStartObject();
            foreach (var (name, part) in parts)
            {
                if (name.Length == 0 || name.Contains('.', StringComparison.Ordinal))
                    throw new ArgumentException($"A part cannot be named '{name}': a name has a letter and no dot.", nameof(parts));
                object? given = part;
                writer.Part(name, ref given);
            }
            json.WriteEndObject();
            arrays = writer.Arrays;
        }
        var described = new Dictionary<string, string>(metadata ?? new Dictionary<string, string>())
        {
            ["format"] = Format,
            ["version"] = Version,
            ["parts"] = System.Text.Encoding.UTF8.GetString(buffer.ToArray()),
        };
        SafeTensors.WriteParts(stream, arrays, described);
    }

    /// <summary>The parts under their names.</summary>
    /// <exception cref="InvalidDataException">Cut short, damaged, of a later version, or with a part that cannot be; its path is
    /// named.</exception>
    public static IReadOnlyDictionary<string, object> Read(Stream stream) => Read(stream, out _);

    /// <inheritdoc cref="Read(Stream)"/>
    public static IReadOnlyDictionary<string, object> Read(Stream stream, out IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var header = SafeTensors.ReadHeader(stream);
        var entries = SafeTensorsHeader.Read(header);
        var described = SafeTensorsHeader.MetadataOf(header);
        if (described.GetValueOrDefault("format") != Format || !described.TryGetValue("parts", out var text))
            throw new InvalidDataException($"This is no model file: its header does not name the format {Format}.");
        if (described.GetValueOrDefault("version") != Version)
            throw new InvalidDataException(
                $"The model file is of version '{described.GetValueOrDefault("version")}'; version {Version} is read here.");
        var arrays = new Dictionary<string, (SafeTensorsEntry, byte[])>(StringComparer.Ordinal);
        foreach (var entry in entries)
            arrays[entry.Name] = (entry, SafeTensors.Bytes(stream, checked(entry.Shape.Count * entry.Size), $"array '{entry.Name}'"));
        if (stream.ReadByte() >= 0)
            throw new InvalidDataException("The model file goes on after its last array.");
        metadata = described;
        return Parts(text, arrays);
    }

    private static Dictionary<string, object> Parts(string text, Dictionary<string, (SafeTensorsEntry, byte[])> arrays)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var reader = new ModelReader(document.RootElement, arrays);
            var parts = new Dictionary<string, object>(StringComparer.Ordinal);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new InvalidDataException("The model file describes no parts.");
            foreach (var property in document.RootElement.EnumerateObject())
            {
                object? part = null;
                reader.Part(property.Name, ref part);
                reader.Require(part is not null && parts.TryAdd(property.Name, part),
                    $"the part '{property.Name}' is empty or comes twice");
            }
            reader.Require(!reader.HasLeftOver, "it holds arrays that belong to no part");
            return parts;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The model file's description is not JSON: {error.Message}", error);
        }
        catch (Exception error) when (error is ArgumentException or OverflowException or InvalidOperationException)
        {
            // Shapes, options and numbers are checked by those who own them.
            throw new InvalidDataException($"The model file is refused: {error.Message}", error);
        }
    }
}
