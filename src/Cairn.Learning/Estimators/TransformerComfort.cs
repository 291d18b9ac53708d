namespace Cairn.Learning;

public static class TransformerComfort
{
    /// <summary>Learns from the features and changes them.</summary>
    public static Features FitTransform(this ITransformer transformer, Features features)
    {
        ArgumentNullException.ThrowIfNull(transformer);
        transformer.Fit(features);
        return transformer.Transform(features);
    }
}
