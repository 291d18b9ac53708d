using Cairn.Learning;

namespace Cairn.Bench;

/// <summary>
/// The learning toolkit beside NumPy, pandas, scikit-learn, xgboost and PyTorch, both on two threads. <c>bench/run learning [PART…]</c>.
/// </summary>
internal sealed class LearningSuite : ISuite
{
    public const int Threads = 2;

    private static readonly ILearningPart[] Parts =
    [
        new ArraysPart(), new LayersPart(), new PublishedPart(), new TokenizersPart(), new NetworksPart(), new Int8Part(),
        new FramesPart(), new EstimatorsPart(), new PredictionPart(),
    ];

    public string Name => "learning";

    public async Task RunAsync(BenchOptions options)
    {
        LearningThreads.Count = Threads;
        var wanted = options.Arguments.Where(a => !a.StartsWith('-')).ToList();
        if (wanted.Except(Parts.Select(p => p.Name)).FirstOrDefault() is { } unknown)
            throw new BenchException($"The learning suite has no part '{unknown}'; it has {string.Join(", ", Parts.Select(p => p.Name))}.");
        foreach (var part in Parts.Where(p => wanted.Count == 0 || wanted.Contains(p.Name)))
            await part.RunAsync(options);
    }
}
