using System.Text.Json;

namespace Cairn.Learning;

/// <summary>Reads and checks the header of a safetensors stream: every byte belongs to exactly one tensor.</summary>
internal static class SafeTensorsHeader
{
    public const string Metadata = "__metadata__";

    internal static List<SafeTensorsEntry> Read(byte[] header)
    {
        try
        {
            using var document = JsonDocument.Parse(header);
            var entries = document.RootElement.EnumerateObject().Where(p => p.Name != Metadata).Select(p => Entry(p.Name, p.Value))
                .ToList();
            if (entries.GroupBy(e => e.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
                throw new InvalidDataException($"The safetensors header names '{twice.Key}' twice.");
            entries.Sort((a, b) => (a.Start, a.End).CompareTo((b.Start, b.End)));
            long at = 0;
            foreach (var entry in entries)
            {
                if (entry.Start != at)
                    throw new InvalidDataException(
                        $"The tensor '{entry.Name}' starts at byte {entry.Start} where {at} is next: tensors overlap or leave a gap.");
                at = entry.End;
            }
            return entries;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The safetensors header is not JSON: {error.Message}", error);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException
            or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"The safetensors header lacks a field or has one of another kind: {error.Message}", error);
        }
    }

    /// <summary>The texts that the writer added.</summary>
    internal static IReadOnlyDictionary<string, string> MetadataOf(byte[] header)
    {
        using var document = JsonDocument.Parse(header);
        if (!document.RootElement.TryGetProperty(Metadata, out var found))
            return new Dictionary<string, string>();
        if (found.ValueKind != JsonValueKind.Object || found.EnumerateObject().Any(p => p.Value.ValueKind != JsonValueKind.String))
            throw new InvalidDataException("The metadata of the safetensors header are texts under names; these are not.");
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in found.EnumerateObject())
            texts[property.Name] = property.Value.GetString()!;
        return texts;
    }

    private static SafeTensorsEntry Entry(string name, JsonElement value)
    {
        var kind = value.GetProperty("dtype").GetString() ?? "";
        var offsets = value.GetProperty("data_offsets");
        var (start, end) = (offsets[0].GetInt64(), offsets[1].GetInt64());
        Shape shape;
        try
        {
            shape = Shape.Of([.. value.GetProperty("shape").EnumerateArray().Select(l => l.GetInt32())]);
        }
        catch (ShapeException error)
        {
            throw new InvalidDataException($"The tensor '{name}' is refused: {error.Message}", error);
        }
        var entry = new SafeTensorsEntry(name, kind, shape, start, end);
        if (entry.Size == 0)
            throw new InvalidDataException(
                $"The tensor '{name}' has the type {kind}; F64, F32, F16, BF16, I64, I32, U16, U8, I8 and BOOL are known.");
        var bytes = (long)shape.Count * entry.Size;
        if (start < 0 || end - start != bytes || bytes > Array.MaxLength)
            throw new InvalidDataException(
                $"The tensor '{name}' of shape {shape} needs {bytes} bytes; its offsets {start} to {end} hold {end - start}.");
        return entry;
    }
}
