namespace Cairn.Learning;

/// <summary>Writes on with a model, token by token over a cache, and measures how well it foresees a text.</summary>
public static class TextGenerator
{
    /// <summary>
    /// The tokens that follow, one by one as they are drawn, up to <paramref name="count"/>, to one of <paramref name="stop"/> (which is
    /// not given), or to the end of the model's context.
    /// </summary>
    /// <param name="adapter">What changes the model for this text alone; others may be written with other adapters at the same
    /// time.</param>
    public static IEnumerable<int> Generate(
        Gpt model, IReadOnlyList<int> prompt, int count, Seeded random, SamplingOptions? options = null, IReadOnlySet<int>? stop = null,
        LoraAdapter? adapter = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(random);
        if (prompt.Count == 0)
            throw new ArgumentException("There is no token to write on from; begin with one.", nameof(prompt));
        return Draw(model, prompt, count, random, options ?? new SamplingOptions(), stop, adapter);
    }

    /// <summary>exp of the mean loss of each token given those before it; the text is read in windows of the model's context.</summary>
    public static double Perplexity(Gpt model, IReadOnlyList<int> tokens)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tokens);
        if (tokens.Count < 2)
            throw new ArgumentException($"A text of {tokens.Count} tokens has nothing to foresee.", nameof(tokens));
        using var pause = Tensor.NoGradient();
        var training = model.IsTraining;
        model.Evaluate();
        var ids = tokens.ToArray();
        var sum = 0.0;
        for (var start = 0; start < ids.Length - 1; start += model.Options.Context)
        {
            var length = Math.Min(model.Options.Context, ids.Length - 1 - start);
            var loss = model.Loss(NdArray.Of<int>(ids.AsSpan(start, length)).Reshape(1, length),
                NdArray.Of<int>(ids.AsSpan(start + 1, length)).Reshape(1, length));
            sum += (double)loss.Scalar() * length;
        }
        model.Train(training);
        return Math.Exp(sum / (ids.Length - 1));
    }

    private static IEnumerable<int> Draw(Gpt model, IReadOnlyList<int> prompt, int count, Seeded random, SamplingOptions options,
        IReadOnlySet<int>? stop, LoraAdapter? adapter)
    {
        var cache = model.NewCache();
        var seen = prompt.ToList();
        int[] next = [.. prompt];
        for (var i = 0; i < count && cache.Length + next.Length <= cache.Capacity; i++)
        {
            // For each step anew: between two of them the caller may do other work on this thread.
            float[] scores;
            using (adapter is null ? default : adapter.Use())
                scores = model.Next(next, cache);
            var token = Sampler.Draw(scores, seen, options, random);
            if (stop?.Contains(token) == true)
                yield break;
            seen.Add(token);
            yield return token;
            next = [token];
        }
    }
}
