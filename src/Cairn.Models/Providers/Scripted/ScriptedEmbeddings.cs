using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// Unit vectors that stand for their texts alone: the same text always gives the same, another one (almost surely) another, and near means
/// nothing.
/// </summary>
internal sealed class ScriptedEmbeddings(int length) : IEmbeddingGenerator<string, Embedding<float>>
{
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.ToList();
        var tokens = texts.Sum(t => Math.Max(1, t.Length / 4));
        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(texts.Select(t => new Embedding<float>(VectorOf(t,
            options?.Dimensions ?? length))))
        {
            Usage = new() { InputTokenCount = tokens, TotalTokenCount = tokens },
        });
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
        => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private static float[] VectorOf(string text, int length)
    {
        // One hash a number: slow and simple, as a script is.
        var vector = new float[length];
        var seed = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        for (var i = 0; i < length; i++)
        {
            var block = SHA256.HashData([.. seed, .. BitConverter.GetBytes(i)]);
            vector[i] = BitConverter.ToInt16(block) / 32768f;
        }
        var norm = MathF.Sqrt(vector.Sum(v => v * v));
        return [.. vector.Select(v => v / Math.Max(norm, 1e-6f))];
    }
}
