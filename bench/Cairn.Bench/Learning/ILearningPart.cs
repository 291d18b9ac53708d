namespace Cairn.Bench;

/// <summary>One part of the learning suite; its peer is the script of its name in <c>bench/learning</c>.</summary>
internal interface ILearningPart
{
    /// <summary>As in <c>bench/run learning NAME</c>.</summary>
    string Name { get; }

    Task RunAsync(BenchOptions options);
}
