using Cairn.Learning;

namespace Cairn.Bench;

/// <summary>Matrix products beside OpenBLAS, and decompositions held against NumPy's on the same matrices.</summary>
internal sealed class ArraysPart : ILearningPart
{
    private const double Tolerance = 1e-9;

    public string Name => "arrays";

    public async Task RunAsync(BenchOptions options)
    {
        using var folder = new PeerFolder();
        Decompose(folder);
        var size = options.Quick ? 512 : 1024;
        var random = new Seeded(1);
        var (a, b) = (random.Normal<float>(size, size), random.Normal<float>(size, size));
        Rounds.Best(30, () => a.MatMul(b));
        var (ours, theirs) = (double.PositiveInfinity, double.PositiveInfinity);
        IReadOnlyDictionary<string, double> peer = new Dictionary<string, double>();
        for (var round = 0; round < 3; round++)
        {
            peer = await PythonPeer.RunAsync("arrays.py", folder.Path, size);
            theirs = Math.Min(theirs, peer["matmul_ms"]);
            ours = Math.Min(ours, Rounds.Best(20, () => a.MatMul(b)));
        }
        foreach (var (name, error) in peer.Where(p => p.Key.EndsWith("_error", StringComparison.Ordinal)))
        {
            if (!(error < Tolerance))
                throw new BenchException($"Cairn and NumPy differ in {name}: {error} is not below {Tolerance}.");
        }
        Console.Error.WriteLine(
            $"float32 product of {size}: {ours:0.00} ms, OpenBLAS {theirs:0.00} ms; decompositions agree within {peer.Where(p => p.Key.EndsWith("_error", StringComparison.Ordinal)).Max(p => p.Value):G2}");
        Bar.AtLeast($"learning.matmul-{size}.openblas", theirs / ours, "x", 0.5);
        PeakMemory.Report($"matmul-{size}", "openblas", PeakMemory.Growth(() => a.MatMul(b)), peer["matmul_mib"]);
    }

    /// <summary>Writes matrices and what Cairn makes of them; the peer reads both.</summary>
    private static void Decompose(PeerFolder folder)
    {
        var random = new Seeded(7);
        var wide = random.Normal<double>(120, 40);
        var square = random.Normal<double>(60, 60);
        var half = random.Normal<double>(50, 50);
        var symmetric = half + half.Transpose();
        var right = random.Normal<double>(60, 3);
        var target = random.Normal<double>(120);
        var (q, r) = Linalg.Qr(wide);
        var (values, vectors) = Linalg.EigenSymmetric(symmetric);
        folder.Write("arrays.npz", new Dictionary<string, NdArray<double>>
        {
            ["wide"] = wide,
            ["square"] = square,
            ["symmetric"] = symmetric,
            ["right"] = right,
            ["svd"] = Linalg.Svd(wide).Values,
            ["q"] = q,
            ["r"] = r,
            ["eigenvalues"] = values,
            ["eigenvectors"] = vectors,
            ["solution"] = Linalg.Solve(square, right),
            ["inverse"] = Linalg.Inverse(square),
            ["determinant"] = NdArray.Of(Linalg.Determinant(square)),
            ["cholesky"] = Linalg.Cholesky(half.MatMul(half.Transpose()) + NdArray.Eye<double>(50)),
            ["half"] = half,
            ["least"] = Linalg.LeastSquares(wide, target).X,
            ["target"] = target,
            ["std"] = wide.Std(0),
            ["cumsum"] = wide.CumSum(1),
            ["argsort"] = wide.ArgSort(0).To<double>(),
        });
    }
}
