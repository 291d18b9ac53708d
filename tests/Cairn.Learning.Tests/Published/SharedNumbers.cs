using System.Text;

namespace Cairn.Learning.Tests;

/// <summary>Weights by name and place, the same that <c>bench/learning/published.py</c> gives to the reference implementations.</summary>
internal static class SharedNumbers
{
    /// <summary>From -1 to below 1.</summary>
    internal static IEnumerable<double> Of(string name, int count)
    {
        var seed = Encoding.UTF8.GetBytes(name).Aggregate(2166136261u, (hash, b) => unchecked((hash ^ b) * 16777619));
        for (var i = 0; i < count; i++)
        {
            var x = unchecked(((uint)i * 2654435761u) + seed);
            x = unchecked((x ^ (x >> 16)) * 0x7FEB352D);
            x = unchecked((x ^ (x >> 15)) * 0x846CA68B);
            yield return ((x ^ (x >> 16)) / 2147483648.0) - 1;
        }
    }

    internal static NdArray<float> Weights(string name, Shape shape)
    {
        Func<double, double> placed = name.EndsWith("running_var", StringComparison.Ordinal) ? u => 1 + (0.5 * u)
            : shape.Rank > 1 ? u => u * (1.7 / Math.Sqrt((double)shape.Count / shape[0]))
            : name.EndsWith("weight", StringComparison.Ordinal) ? u => 1 + (0.2 * u)
            : u => 0.1 * u;
        return NdArray<float>.Over([.. Of(name, shape.Count).Select(u => (float)placed(u))], shape.Lengths);
    }

    /// <summary>A checkpoint with all tensors of a layout.</summary>
    internal static MemoryStream Checkpoint(PublishedLayout layout, Func<PublishedTensor, bool>? where = null)
    {
        var stream = new MemoryStream();
        SafeTensors.Write(stream,
            layout.Tensors.Where(where ?? (_ => true)).Select(t => KeyValuePair.Create(t.Name, Weights(t.Name, t.Shape))));
        stream.Position = 0;
        return stream;
    }
}
