using Cairn.Learning;

namespace Cairn.Bench;

/// <summary>
/// Decoders of float32 beside the same of int8: memory, time for a generated token and for reading a text, and how far the scores are off.
/// </summary>
internal sealed class Int8Part : ILearningPart
{
    public string Name => "int8";

    public Task RunAsync(BenchOptions options)
    {
        Compare("GPT", new() { Vocabulary = 2048, Context = 128, Width = 320, Layers = 8, Heads = 8 }, options);
        Compare("Llama", new()
        {
            Vocabulary = 32_000,
            Context = 128,
            Width = options.Quick ? 256 : 768,
            Layers = options.Quick ? 4 : 12,
            Heads = 12 / (options.Quick ? 3 : 1),
            KeyHeads = 4,
            Inner = options.Quick ? 768 : 2048,
            Rotary = true,
            RmsNorm = true,
            FeedForward = FeedForwardKind.GatedSilu,
            Bias = false,
        }, options);
        Trained(options);
        return Task.CompletedTask;
    }

    /// <summary>A GPT that learned this repository's documents: what int8 costs it on the tenth that it has not seen.</summary>
    private static void Trained(BenchOptions options)
    {
        var text = string.Join('\n', Directory.GetFiles(Path.Combine(BenchRepository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(File.ReadAllText));
        var tokenizer = TokenizerTrainer.Train([text], 1_000);
        var tokens = tokenizer.Encode(text);
        var (known, fresh) = (tokens[..^(tokens.Length / 10)], tokens[^(tokens.Length / 10)..]);
        var size = new GptOptions { Vocabulary = 1_000, Context = 128, Width = 192, Layers = 4, Heads = 6, Dropout = 0.1f };
        var random = new Seeded(3);
        var floats = new Gpt(size, random);
        var (optimiser, steps) = (Cairn.Learning.Adam.W(floats.Parameters(), 1e-3f), options.Quick ? 60 : 400);
        for (var step = 0; step < steps; step++)
        {
            optimiser.Scale(Schedule.Cosine(step, steps, 20));
            var (ids, targets) = Batch(known, size.Context, random);
            var loss = floats.Loss(ids, targets);
            optimiser.ZeroGradients();
            loss.Backward();
            optimiser.ClipGradients(1);
            optimiser.Step();
        }
        floats.Evaluate();
        using var state = new MemoryStream();
        floats.Save(state);
        state.Position = 0;
        var narrow = new Gpt(size, new Seeded(3));
        narrow.Load(state);
        narrow.Evaluate();
        narrow.UseInt8();
        var (before, after) = (TextGenerator.Perplexity(floats, fresh), TextGenerator.Perplexity(narrow, fresh));
        using var pause = Tensor.NoGradient();
        var (read, places, same, squares, whole) = (size.Context, 0, 0, 0.0, 0.0);
        for (var start = 0; start + read <= fresh.Length; start += read)
        {
            var ids = NdArray.Of<int>(fresh.AsSpan(start, read)).Reshape(1, read);
            var (exact, near) = (floats.Forward(ids).Value, narrow.Forward(ids).Value);
            var difference = near - exact;
            places += read;
            same += NdMath.Equal(exact.ArgMax(2), near.ArgMax(2)).CountTrue();
            squares += (difference * difference).Sum();
            whole += (exact * exact).Sum();
        }
        Console.Error.WriteLine(FormattableString.Invariant(
            $"GPT of {floats.Parameters().Sum(p => (long)p.Count):N0} numbers after {steps} steps over {known.Length:N0} tokens:"));
        Console.Error.WriteLine(FormattableString.Invariant(
            $"perplexity of {fresh.Length:N0} others {before:0.000}, int8 {after:0.000}; scores off by {Math.Sqrt(squares / whole):P2};"));
        Console.Error.WriteLine($"the likeliest token is the same in {same} of {places}");
        Bar.AtMost("learning.int8-perplexity.trained", after / before, "x", 1.01);
    }

    private static (NdArray<int> Ids, NdArray<int> Targets) Batch(int[] tokens, int context, Seeded random)
    {
        const int texts = 8;
        var (ids, targets) = (NdArray.Zeros<int>(texts, context), NdArray.Zeros<int>(texts, context));
        for (var text = 0; text < texts; text++)
        {
            var start = random.Integer(tokens.Length - context);
            for (var i = 0; i < context; i++)
                (ids[text, i], targets[text, i]) = (tokens[start + i], tokens[start + i + 1]);
        }
        return (ids, targets);
    }

    private static void Compare(string name, GptOptions size, BenchOptions options)
    {
        // The same seed makes the same weights.
        var (floats, narrow) = (new Gpt(size, new Seeded(1)), new Gpt(size, new Seeded(1)));
        narrow.UseInt8();
        var ids = new Seeded(2).Integers(0, size.Vocabulary, 1, 64);
        using var pause = Tensor.NoGradient();
        var (exact, near) = (floats.Forward(ids).Value, narrow.Forward(ids).Value);
        var difference = near - exact;
        var (rms, largest) = (Math.Sqrt((difference * difference).Mean() / (exact * exact).Mean()),
            NdMath.Abs(difference).Max() / NdMath.Abs(exact).Max());
        var same = NdMath.Equal(exact.ArgMax(2), near.ArgMax(2)).CountTrue();
        const int tokens = 24;
        var (token, token8, text, text8) = (double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity,
            double.PositiveInfinity);
        for (var round = 0; round < (options.Quick ? 2 : 5); round++)
        {
            token = Math.Min(token, Rounds.Best(2, () => Write(floats)) / tokens);
            token8 = Math.Min(token8, Rounds.Best(2, () => Write(narrow)) / tokens);
            text = Math.Min(text, Rounds.Best(2, () => floats.Forward(ids)));
            text8 = Math.Min(text8, Rounds.Best(2, () => narrow.Forward(ids)));
        }
        Console.Error.WriteLine(FormattableString.Invariant(
            $"{name} of {floats.Parameters().Sum(p => (long)p.Count):N0} numbers: {floats.Bytes() / 1048576.0:0.0} MiB, int8 {narrow.Bytes() / 1048576.0:0.0} MiB; one token {token:0.00} ms, {token8:0.00} ms; reading 64 tokens {text:0.0} ms, {text8:0.0} ms; scores off by {rms:P2} (root mean square), {largest:P2} of the largest at most; the likeliest token is the same in {same} of 64"));
        Bar.AtLeast($"learning.int8-memory.{name}", (double)floats.Bytes() / narrow.Bytes(), "x", 3.5);
        Bar.AtLeast($"learning.int8-token.{name}", token / token8, "x", 1);

        static void Write(Gpt model)
            => _ = TextGenerator.Generate(model, [1, 2, 3], tokens, new Seeded(1), new SamplingOptions { Temperature = 0 }).ToArray();
    }
}
