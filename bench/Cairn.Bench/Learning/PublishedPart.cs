using System.Globalization;
using System.Text.Json;
using Cairn.Learning;

namespace Cairn.Bench;

/// <summary>
/// Loads small random models as they are published and holds their scores against what others compute of the same files: PyTorch's and
/// torchvision's own modules, and llama.cpp for what PyTorch has no modules for. No times. <c>--print</c> prints the numbers that the tests
/// hold.
/// </summary>
internal sealed class PublishedPart : ILearningPart
{
    private const double Tolerance = 2e-5;

    private static readonly NodePeer LlamaCpp = new("llama");

    public string Name => "published";

    public async Task RunAsync(BenchOptions options)
    {
        using var folder = new PeerFolder();
        await LlamaCpp.InstallAsync();
        await PythonPeer.RunAsync("published.py", folder.Path);
        var print = options.Arguments.Contains("--print");
        Report("gpt2", print, Load(folder, "gpt2", PublishedModel.Decoder).Forward(Ids(folder, "gpt2")).Value,
            Array<float>(folder, "gpt2", "logits"));
        var bert = Load(folder, "bert", PublishedModel.Encoder).Scores(Ids(folder, "bert"), Array<bool>(folder, "bert", "mask"),
            Array<int>(folder, "bert", "kinds")).Value;
        // Where there is no token nothing is asked for.
        var (present, wanted) = (NdArray.Concatenate<float>(0, bert[0, ..], bert[1, ..5]), Array<float>(folder, "bert", "logits"));
        Report("bert", print, present, NdArray.Concatenate<float>(0, wanted[0, ..], wanted[1, ..5]));
        Report("resnet", print, Load(folder, "resnet", PublishedModel.Residual).Forward(new Tensor(Array<float>(folder, "resnet",
            "images"))).Value, Array<float>(folder, "resnet", "logits"));
        foreach (var kind in new[] { "llama", "llama3", "qwen2" })
        {
            var ids = Ids(folder, kind);
            string[] arguments =
            [
                "logits.js", System.IO.Path.Combine(folder.Path, kind, "model.gguf"),
                .. ids.ToArray().Select(i => i.ToString(CultureInfo.InvariantCulture)),
            ];
            var rows = JsonSerializer.Deserialize<float[][]>(await LlamaCpp.RunAsync("node", arguments))!;
            Report(kind, print, Load(folder, kind, PublishedModel.Decoder).Forward(ids).Softmax().Value[0, ..], NdArray.FromRows(rows));
        }
    }

    private static TModel Load<TModel>(PeerFolder folder, string name, Func<Stream, IReadOnlyList<Stream>, TModel> load)
    {
        using var config = File.OpenRead(System.IO.Path.Combine(folder.Path, name, "config.json"));
        using var weights = File.OpenRead(System.IO.Path.Combine(folder.Path, name, "model.safetensors"));
        return load(config, [weights]);
    }

    private static NdArray<int> Ids(PeerFolder folder, string name) => Array<int>(folder, name, "ids");

    private static NdArray<T> Array<T>(PeerFolder folder, string name, string array)
        where T : unmanaged
    {
        using var file = File.OpenRead(System.IO.Path.Combine(folder.Path, name, array + ".npy"));
        return Npy.Read<T>(file);
    }

    private static void Report(string name, bool print, NdArray<float> ours, NdArray<float> theirs)
    {
        ours = ours.Reshape(theirs.Shape.Lengths);
        var error = NdMath.Abs(ours - theirs).Max() / NdMath.Abs(theirs).Max();
        if (!(error < Tolerance))
            throw new BenchException($"Cairn and the reference differ in {name}: {error} of the largest number is not below {Tolerance}.");
        Console.Error.WriteLine(FormattableString.Invariant($"{name}: {theirs.Count} numbers agree within {error:G2} of the largest"));
        if (print)
            Console.Error.WriteLine(string.Join(", ",
                Enumerable.Range(0, 10).Select(i => theirs.Ravel()[(int)((long)i * (theirs.Count - 1) / 9)]
                    .ToString("R", CultureInfo.InvariantCulture) + "f")));
    }
}
