using Cairn.Learning;

namespace Cairn.Bench;

/// <summary>Holds layers against PyTorch's own modules: with the same parameters and inputs, the same outputs and gradients. No
/// times.</summary>
internal sealed class LayersPart : ILearningPart
{
    private const double Tolerance = 2e-5;

    public string Name => "layers";

    public async Task RunAsync(BenchOptions options)
    {
        using var folder = new PeerFolder();
        var random = new Seeded(5);
        var encoder = new TransformerOptions { Width = 32, Heads = 4, Inner = 48, NormFirst = false };
        var text = new Tensor(random.Normal<float>(3, 7, 32));
        var memory = new Tensor(random.Normal<float>(3, 5, 32));
        Add(folder, "encoder", new TransformerBlock(encoder, random), (b, x) => ((TransformerBlock)b).Forward(x[0]), text);
        Add(folder, "encoder_first", new TransformerBlock(encoder with { NormFirst = true, FeedForward = FeedForwardKind.Relu }, random),
            (b, x) => ((TransformerBlock)b).Forward(x[0]), text);
        Add(folder, "decoder", new TransformerBlock(encoder with { Causal = true, Cross = true }, random),
            (b, x) => ((TransformerBlock)b).Forward(x[0], memory: x[1]), text, memory);
        Add(folder, "lstm", new Lstm(32, 20, random), Through, text);
        Add(folder, "rnn", new Recurrent(32, 20, random), Through, text);
        Add(folder, "batch_norm", new BatchNormalisation(7), Through, text);
        Add(folder, "conv1d", new Convolution1d(7, 5, 3, random, stride: 2, padding: 1), Through, text);
        Add(folder, "conv2d", new Convolution2d(2, 6, 3, random, stride: 2, padding: 1), Through,
            new Tensor(random.Normal<float>(3, 2, 9, 8)));
        var worst = 0.0;
        foreach (var (name, error) in await PythonPeer.RunAsync("layers.py", folder.Path))
        {
            if (!(error < Tolerance))
                throw new BenchException($"Cairn and PyTorch differ in {name}: {error} is not below {Tolerance}.");
            worst = Math.Max(worst, error);
        }
        Console.Error.WriteLine($"layers: outputs and gradients agree with PyTorch's modules within {worst:G2}");
    }

    private static Tensor Through(Module module, Tensor[] inputs) => ((NetworkLayer)module).Forward(inputs[0]);

    private static void Add(PeerFolder folder, string name, Module module, Func<Module, Tensor[], Tensor> forward, params Tensor[] inputs)
    {
        foreach (var input in inputs)
        {
            input.RequiresGradient = true;
            input.ZeroGradient();
        }
        var output = forward(module, inputs);
        (output * output).Sum().Backward();
        var arrays = new List<KeyValuePair<string, NdArray<float>>> { KeyValuePair.Create("output", output.Value) };
        arrays.AddRange(module.NamedParameters().Select(p => KeyValuePair.Create("parameter." + p.Key, p.Value.Value)));
        arrays.AddRange(module.NamedParameters().Select(p => KeyValuePair.Create("gradient." + p.Key, p.Value.Gradient!)));
        for (var i = 0; i < inputs.Length; i++)
        {
            arrays.Add(KeyValuePair.Create($"input.{i}", inputs[i].Value));
            arrays.Add(KeyValuePair.Create($"change.{i}", inputs[i].Gradient!));
        }
        folder.Write(name + ".npz", arrays);
    }
}
