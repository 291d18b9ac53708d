namespace Cairn.Training;

/// <summary>Bytes that one training takes until it is disposed.</summary>
internal sealed class MemoryClaim(string model, double bytes, Action<MemoryClaim> release) : IDisposable
{
    public string Model => model;

    public double Bytes => bytes;

    public void Dispose() => release(this);
}
