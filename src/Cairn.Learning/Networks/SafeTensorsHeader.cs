using System.Text.Json;

namespace Cairn.Learning;

/// <summary>Reads and checks the header of a safetensors stream: every byte belongs to exactly one tensor.</summary>
internal static class SafeTensorsHeader
{
    internal static List<SafeTensorsEntry> Read(byte[] header)
    {
        try
        {
            using var document = JsonDocument.Parse(header);
            var entries = document.RootElement.EnumerateObject().Where(p => p.Name != "__metadata__").Select(p => Entry(p.Name, p.Value))
                .ToList();
            if (entries.GroupBy(e => e.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
                throw new InvalidDataException($"The safetensors header names '{twice.Key}' twice.");
            entries.Sort((a, b) => (a.Start, a.End).CompareTo((b.Start, b.End)));
            long at = 0;
            foreach (var entry in entries)
            {
                if (entry.Start != at)
                    throw new InvalidDataException($"The tensor '{entry.Name}' starts at byte {entry.Start} where {at} is next: tensors overlap or leave a gap.");
                at = entry.End;
            }
            return entries;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The safetensors header is not JSON: {error.Message}", error);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"The safetensors header lacks a field or has one of another kind: {error.Message}", error);
        }
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
            throw new InvalidDataException($"The tensor '{name}' has the type {kind}; F32, F16, BF16 and F64 are read.");
        var bytes = (long)shape.Count * entry.Size;
        if (start < 0 || end - start != bytes || bytes > Array.MaxLength)
            throw new InvalidDataException($"The tensor '{name}' of shape {shape} needs {bytes} bytes; its offsets {start} to {end} hold {end - start}.");
        return entry;
    }
}
