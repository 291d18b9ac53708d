using Cairn.Learning;

namespace Cairn.Bench;

/// <summary>
/// A convolutional network and a GPT of ten million parameters beside PyTorch: with the same parameters and examples both find the same
/// loss and gradients, and a training step and a generated token are timed.
/// </summary>
internal sealed class NetworksPart : ILearningPart
{
    // Of float32 sums in another order; relative to the largest number of each gradient. Where PyTorch itself is further from the truth in
    // double precision, twice its distance.
    private const double Tolerance = 2e-4;

    public string Name => "networks";

    public async Task RunAsync(BenchOptions options)
    {
        await Cnn(options);
        await Gpt(options);
    }

    private static async Task Cnn(BenchOptions options)
    {
        using var folder = new PeerFolder();
        var random = new Seeded(1);
        var network = new Sequential(
            new Convolution2d(1, 32, 3, random, padding: 1), Activation.Relu, new Pooling2d(PoolingKind.Max, 2),
            new Convolution2d(32, 64, 3, random, padding: 1), Activation.Relu, new Pooling2d(PoolingKind.Max, 2),
            Activation.Flatten, new Linear(64 * 7 * 7, 10, random));
        var (images, labels) = (new Tensor(random.Normal<float>(64, 1, 28, 28)), random.Integers(0, 10, 64));
        var memory = FirstSteps(network, () => network.Forward(images).CrossEntropy(labels));
        Write(folder, network, network.Forward(images).CrossEntropy(labels), images.Value, labels);
        var optimiser = new Cairn.Learning.Adam(network.Parameters());
        var step = () =>
        {
            var loss = network.Forward(images).CrossEntropy(labels);
            optimiser.ZeroGradients();
            loss.Backward();
            optimiser.Step();
        };
        var (ours, peer) = await Interleaved(options.Quick ? 2 : 4, "cnn.py", folder, () => Rounds.Best(15, step));
        Agrees("the convolutional network", peer);
        Console.Error.WriteLine(
            $"CNN step (64 x 28 x 28, convolutions of 32 and 64): {ours:0.0} ms, PyTorch {peer["step_ms"]:0.0} ms; loss and gradients agree within {peer["gradient_error"]:G2}");
        Bar.AtLeast("learning.cnn-step.torch", peer["step_ms"] / ours, "x", 0.5);
        PeakMemory.Report("cnn-step", "torch", memory, peer["step_mib"]);
    }

    private static async Task Gpt(BenchOptions options)
    {
        using var folder = new PeerFolder();
        var random = new Seeded(1);
        var model = new Gpt(new GptOptions { Vocabulary = 2048, Context = 128, Width = 320, Layers = 8, Heads = 8 }, random);
        var (ids, targets) = (random.Integers(0, 2048, options.Quick ? 2 : 8, 128), random.Integers(0, 2048, options.Quick ? 2 : 8, 128));
        var memory = FirstSteps(model, () => model.Loss(ids, targets));
        Write(folder, model, model.Loss(ids, targets), ids.To<float>(), targets);
        var optimiser = Cairn.Learning.Adam.W(model.Parameters(), 1e-4f);
        var step = () =>
        {
            var loss = model.Loss(ids, targets);
            optimiser.ZeroGradients();
            loss.Backward();
            optimiser.Step();
        };
        const int tokens = 64;
        var token = double.PositiveInfinity;
        var (ours, peer) = await Interleaved(options.Quick ? 1 : 3, "gpt.py", folder, () =>
        {
            token = Math.Min(token,
                Rounds.Best(3, () => _ = TextGenerator.Generate(model, [1, 2, 3], tokens, random, new SamplingOptions { Temperature = 0 })
                    .ToArray()) / tokens);
            return Rounds.Best(options.Quick ? 3 : 4, step);
        });
        Agrees("the GPT", peer);
        Console.Error.WriteLine(
            $"GPT of {model.Parameters().Sum(p => p.Count):N0} parameters, step of {ids.Count} tokens: {ours:0} ms, PyTorch {peer["step_ms"]:0} ms; one token: {token:0.00} ms, PyTorch {peer["token_ms"]:0.00} ms; agree within {peer["gradient_error"]:G2}");
        Bar.AtLeast("learning.gpt-step.torch", peer["step_ms"] / ours, "x", 0.5);
        Bar.AtLeast("learning.gpt-token.torch", peer["token_ms"] / token, "x", 1);
        PeakMemory.Report("gpt-step", "torch", memory, peer["step_mib"]);
    }

    /// <summary>
    /// MiB that two training steps take on top of parameters and examples, as the peers measure it. The rate is 0: nothing learns.
    /// </summary>
    private static double FirstSteps(Module module, Func<Tensor> lossOf) => PeakMemory.Growth(() =>
    {
        var optimiser = Cairn.Learning.Adam.W(module.Parameters(), 0, 0);
        for (var step = 0; step < 2; step++)
        {
            optimiser.ZeroGradients();
            lossOf().Backward();
            optimiser.Step();
        }
        module.ZeroGradients();
    });

    /// <summary>The parameters, the examples, and the loss and gradients that Cairn finds.</summary>
    private static void Write(PeerFolder folder, Module module, Tensor loss, NdArray<float> inputs, NdArray<int> targets)
    {
        module.ZeroGradients();
        loss.Backward();
        folder.Write("parameters.npz", module.NamedParameters().Select(p => KeyValuePair.Create(p.Key, p.Value.Value)));
        folder.Write("gradients.npz", module.NamedParameters().Select(p => KeyValuePair.Create(p.Key, p.Value.Gradient!)));
        folder.Write("examples.npz", new Dictionary<string, NdArray<float>> { ["inputs"] = inputs, ["loss"] = loss.Value });
        folder.Write("targets.npz", new Dictionary<string, NdArray<int>> { ["targets"] = targets });
    }

    private static async Task<(double Ours, Dictionary<string, double> Peer)> Interleaved(int rounds, string script, PeerFolder folder,
        Func<double> ours)
    {
        var best = ours();
        var peer = new Dictionary<string, double>();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (name, value) in await PythonPeer.RunAsync(script, folder.Path))
                peer[name] = peer.TryGetValue(name, out var before) ? Math.Min(before, value) : value;
            best = Math.Min(best, ours());
        }
        return (best, peer);
    }

    private static void Agrees(string what, Dictionary<string, double> peer)
    {
        if (!(peer["loss_error"] < 1e-4) || !(peer["gradient_error"] < Math.Max(Tolerance, 2 * peer["reference_error"])))
            throw new BenchException(
                $"Cairn and PyTorch differ on {what}: loss by {peer["loss_error"]}, gradients by {peer["gradient_error"]}.");
    }
}
