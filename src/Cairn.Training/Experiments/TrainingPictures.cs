using System.Collections.Immutable;
using System.Text;
using Cairn.Learning;

namespace Cairn.Training;

/// <summary>Pictures of how a model did on the rows kept from training, and by what.</summary>
internal static class TrainingPictures
{
    private const string Svg = "image/svg+xml";
    private const int MostClasses = 30;
    private const int MostPoints = 2000;
    private const int MostColumns = 20;
    private const int MostLetters = 24;

    public static ImmutableArray<(string Name, string MediaType, byte[] Bytes)> Of(Judgement judgement, ImmutableArray<string> classes)
    {
        var files = ImmutableArray.CreateBuilder<(string, string, byte[])>();
        if (judgement.Task == TaskKind.Regress)
        {
            var shown = Math.Min(judgement.Rows, MostPoints);
            var (actual, predicted) = (judgement.Targets[..shown], judgement.Predictions[..shown]);
            var (low, high) = (Math.Min(actual.Min(), predicted.Min()), Math.Max(actual.Max(), predicted.Max()));
            Add("predicted.svg", new Plot(new PointLayer(actual, predicted),
                new LineLayer([low, high], [low, high]) { Dashed = true, Colour = 6 })
            {
                Title = "Predicted against actual",
                X = "actual",
                Y = "predicted",
            });
            return files.ToImmutable();
        }
        if (judgement.Classes <= MostClasses)
            Add("confusion.svg", Charts.Confusion(ConfusionMatrix.Of(judgement.Labels, judgement.PredictedLabels), classes,
                "What was taken for what"));
        if (judgement.Classes == 2 && judgement.Labels.Distinct().Count() == 2)
            Add("roc.svg", Charts.Roc(RocCurve.Of(judgement.Labels, judgement.PositiveScores), $"Finding '{classes[1]}'"));
        return files.ToImmutable();

        void Add(string name, Plot plot) => files.Add(FileOf(name, plot));
    }

    /// <summary>A bar for each of the most important columns.</summary>
    public static (string Name, string MediaType, byte[] Bytes) Of(MeasuredImportance importance)
    {
        var shown = importance.Columns.Take(MostColumns).ToList();
        return FileOf(
            "importance.svg",
            Charts.Bar([.. shown.Select(c => Short(c.Name))], [.. shown.Select(c => c.Mean)], "What each column is worth") with
        {
            Y = $"{importance.Metric} worse without it",
        });
    }

    private static string Short(string name) => name.Length <= MostLetters ? name : name[..(MostLetters - 1)] + "…";

    private static (string Name, string MediaType, byte[] Bytes) FileOf(string name, Plot plot)
        => (name, Svg, Encoding.UTF8.GetBytes(new Picture(plot).ToSvg()));
}
