namespace Cairn.Learning;

/// <summary>Learns from features how to change them: scales, fills, projects.</summary>
public interface ITransformer
{
    void Fit(Features features);

    Features Transform(Features features);
}
