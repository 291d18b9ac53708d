using System.Text.Json.Serialization.Metadata;

namespace Cairn.Learning;

/// <summary>One part's fields on their way into a model file or out of it; see <see cref="IStorable"/>.</summary>
internal abstract class ModelState
{
    public abstract bool IsReading { get; }

    /// <summary>Refuses what was read and cannot be; what is written is taken as it is.</summary>
    public abstract void Require(bool holds, string what);

    public abstract void Value(string name, ref bool value);

    public abstract void Value(string name, ref int value);

    public abstract void Value(string name, ref long value);

    public abstract void Value(string name, ref double value);

    public abstract void Value(string name, ref string value);

    public abstract void Options<T>(string name, ref T value, JsonTypeInfo<T> type);

    /// <summary>An array of double, float, int, char or byte.</summary>
    public abstract void Numbers<T>(string name, ref T[] values)
        where T : unmanaged;

    /// <summary>Another part within this one; null stays null.</summary>
    public abstract void Part<T>(string name, ref T? part)
        where T : class;

    /// <summary>A part that files from before it do not have: null is not written, and what is not there is null.</summary>
    public abstract void OptionalPart<T>(string name, ref T? part)
        where T : class;

    public abstract void Parts<T>(string name, ref T[] parts)
        where T : class;

    public void Texts(string name, ref string[] texts)
    {
        // UTF-16 as it is: an n-gram of characters may be half a pair, which UTF-8 cannot hold.
        var characters = IsReading ? [] : string.Concat(texts).ToCharArray();
        int[] lengths = IsReading ? [] : Array.ConvertAll(texts, t => t.Length);
        Numbers(name, ref characters);
        Numbers(name + ".lengths", ref lengths);
        RequireLengths(name, lengths, characters.Length);
        if (!IsReading)
            return;
        texts = new string[lengths.Length];
        for (int i = 0, at = 0; i < texts.Length; at += lengths[i++])
            texts[i] = new string(characters, at, lengths[i]);
    }

    /// <summary>Arrays of any lengths, one after the other.</summary>
    public void Lists<T>(string name, ref T[][] lists)
        where T : unmanaged
    {
        T[] all = IsReading ? [] : [.. lists.SelectMany(l => l)];
        int[] lengths = IsReading ? [] : Array.ConvertAll(lists, l => l.Length);
        Numbers(name, ref all);
        Numbers(name + ".lengths", ref lengths);
        RequireLengths(name, lengths, all.Length);
        if (!IsReading)
            return;
        lists = new T[lengths.Length][];
        for (int i = 0, at = 0; i < lists.Length; at += lengths[i++])
            lists[i] = all.AsSpan(at, lengths[i]).ToArray();
    }

    public void Matrix(string name, ref NdArray<double>? matrix)
    {
        int[] shape = IsReading ? [] : matrix is null ? [] : matrix.Shape.Lengths.ToArray();
        var values = matrix?.ToArray() ?? [];
        Numbers(name + ".shape", ref shape);
        Numbers(name, ref values);
        if (!IsReading)
            return;
        if (shape.Length == 0)
        {
            Require(values.Length == 0, $"'{name}' has no shape and {values.Length} values");
            matrix = null;
            return;
        }
        Require(shape.All(l => l >= 0)
            && shape.Aggregate(1L, (product, l) => Math.Min(product * l, long.MaxValue / int.MaxValue)) == values.Length,
            $"'{name}' has another shape than values");
        matrix = NdArray<double>.Over(values, shape);
    }

    private void RequireLengths(string name, int[] lengths, int total)
        => Require(lengths.All(l => l >= 0) && lengths.Sum(l => (long)l) == total,
            $"'{name}' has lengths that do not fit its {total} values");
}
