using System.Collections.Immutable;
using Cairn.Learning;

namespace Cairn.Training;

/// <summary>What a training makes: the columns' preparation and the estimator, learned together.</summary>
internal sealed class FittedModel(ColumnTransformer columns, IClassifier? classifier, IRegressor? regressor, ImmutableArray<string> classes)
{
    private const string ColumnsPart = "columns";
    private const string EstimatorPart = "estimator";
    private const string ClassesPart = "classes";

    public IClassifier? Classifier => classifier;

    public IRegressor? Regressor => regressor;

    /// <summary>Names of the classes that were there in training, in the order of probabilities.</summary>
    public ImmutableArray<string> Classes => classifier is null ? [] : [.. classifier.Classes.Select(c => classes[c])];

    /// <summary>Rows by <see cref="Classes"/>.</summary>
    public NdArray<double> Probabilities(Frame rows) => classifier!.PredictProbability(columns.Transform(rows));

    public double[] Numbers(Frame rows) => regressor!.Predict(columns.Transform(rows));

    public void Write(Stream stream)
    {
        var labels = new PlainNames(classes);
        ModelFile.Write(
            stream,
            new Dictionary<string, object> { [ColumnsPart] = columns, [EstimatorPart] = (object?)classifier ?? regressor! },
            new Dictionary<string, string> { [ClassesPart] = labels.ToJson() });
    }

    /// <exception cref="InvalidDataException">Damaged, or no model of ours.</exception>
    public static FittedModel Read(Stream stream)
    {
        var parts = ModelFile.Read(stream, out var metadata);
        var estimator = parts.GetValueOrDefault(EstimatorPart);
        var classes = PlainNames.Parse(metadata.GetValueOrDefault(ClassesPart) ?? "[]").Names;
        if (parts.GetValueOrDefault(ColumnsPart) is not ColumnTransformer columns || estimator is not (IClassifier or IRegressor)
            || (estimator is IClassifier c && c.Classes.Any(k => k < 0 || k >= classes.Length)))
        {
            throw new InvalidDataException("The model file lacks its columns, its estimator or the names of its classes.");
        }
        return new FittedModel(columns, estimator as IClassifier, estimator as IRegressor, classes);
    }
}
