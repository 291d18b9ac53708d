namespace Cairn.Learning;

/// <summary>Learns from texts how to make numbers of them.</summary>
public interface ITextVectoriser
{
    void Fit(IReadOnlyList<string> texts);

    /// <summary>A row per text.</summary>
    SparseMatrix Transform(IReadOnlyList<string> texts);
}
