namespace Cairn.Learning;

/// <summary>
/// The safetensors streams of one checkpoint. Headers are read first: what they claim has to fit the configuration, the streams' lengths
/// where those are known,
/// and this machine's memory, before a model is made; then each tensor is read into its place.
/// </summary>
internal sealed class PublishedWeights
{
    private readonly List<(Stream Stream, List<SafeTensorsEntry> Entries)> parts = [];

    internal PublishedWeights(IReadOnlyList<Stream> streams)
    {
        ArgumentNullException.ThrowIfNull(streams);
        if (streams.Count == 0)
            throw new ArgumentException("There is no stream of weights; give model.safetensors, or all of its parts.", nameof(streams));
        foreach (var stream in streams)
        {
            var entries = SafeTensorsHeader.Read(SafeTensors.ReadHeader(stream));
            var claimed = entries.Count == 0 ? 0 : entries[^1].End;
            if (stream.CanSeek && stream.Length - stream.Position != claimed)
                throw new InvalidDataException(
                    $"The weights claim {claimed} bytes of numbers, and {stream.Length - stream.Position} are there: cut short, or changed.");
            parts.Add((stream, entries));
        }
        if (Names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new InvalidDataException($"Two parts of the weights hold a tensor '{twice.Key}'.");
    }

    internal IEnumerable<string> Names => parts.SelectMany(p => p.Entries).Select(e => e.Name);

    /// <summary>Holds the headers against a layout.</summary>
    /// <param name="memory">Bytes that are there for the numbers; null: what the machine has.</param>
    /// <exception cref="InvalidDataException">A tensor is missing, unknown, of another shape or kind; it is named.</exception>
    /// <exception cref="InsufficientMemoryException">The numbers would not fit this machine's memory.</exception>
    internal void Check(PublishedLayout layout, long? memory = null)
    {
        var wanted = layout.Tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in parts.SelectMany(p => p.Entries))
        {
            if (Find(wanted, layout, entry.Name) is not { } tensor)
            {
                if (!layout.Ignores(entry.Name))
                    throw new InvalidDataException($"The weights hold a tensor '{entry.Name}' that the configuration has no place for.");
                continue;
            }
            if (entry.Shape != tensor.Shape)
                throw new InvalidDataException(
                    $"The tensor '{entry.Name}' has shape {entry.Shape}; by the configuration it has {tensor.Shape}.");
            SafeTensors.RequireFloating(entry);
            found.Add(tensor.Name);
        }
        if (layout.Tensors.FirstOrDefault(t => !found.Contains(t.Name)) is { } missing)
            throw new InvalidDataException($"The weights lack the tensor '{missing.Name}'.");
        MemoryNeed.Require(
            layout.Tensors.Sum(t => (double)t.Shape.Count * sizeof(float)),
            () => $"The model of {layout.Tensors.Sum(t => (long)t.Shape.Count):N0} numbers",
            "take a smaller one",
            memory);
    }

    /// <summary>Reads the numbers into a model of the layout that was checked.</summary>
    internal void Fill(Module model, PublishedLayout layout)
    {
        var state = model.State().ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal);
        var wanted = layout.Tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
        foreach (var (stream, entries) in parts)
        {
            foreach (var entry in entries)
            {
                if (Find(wanted, layout, entry.Name) is { } tensor)
                    Place(SafeTensors.Numbers(stream, entry), tensor, state);
                else
                    SafeTensors.Skip(stream, entry);
            }
            if (stream.ReadByte() >= 0)
                throw new InvalidDataException("The safetensors stream goes on after its last tensor.");
        }
    }

    private static void Place(float[] numbers, PublishedTensor tensor, Dictionary<string, Tensor> state)
    {
        if (tensor.Turned)
            numbers = new NdArray<float>(numbers, tensor.Shape).Transpose().Copy().Storage;
        var each = numbers.Length / tensor.To.Count;
        for (var i = 0; i < tensor.To.Count; i++)
            numbers.AsSpan(i * each, each).CopyTo(state[tensor.To[i]].Data);
    }

    private static PublishedTensor? Find(Dictionary<string, PublishedTensor> wanted, PublishedLayout layout, string name)
        => wanted.GetValueOrDefault(name) ?? wanted.GetValueOrDefault(layout.Prefix + name);
}
