namespace Cairn.Bench;

internal interface ISuite
{
    string Name { get; }

    Task RunAsync(BenchOptions options);
}
