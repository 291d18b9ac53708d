namespace Cairn.Knowledge;

/// <summary>Fills a row of features in order.</summary>
internal ref struct FeatureWriter(Span<double> into)
{
    private readonly Span<double> _into = into;
    private int _at;

    public void Add(double value) => _into[_at++] = value;

    public void Add(bool value) => _into[_at++] = value ? 1 : 0;
}
