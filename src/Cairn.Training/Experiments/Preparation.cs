using Cairn.Learning;

namespace Cairn.Training;

/// <summary>What a recipe's columns go through before an estimator sees them.</summary>
internal static class Preparation
{
    public static ColumnTransformer Of(Recipe recipe, TrainingTable table)
    {
        var kind = EstimatorKinds.Find(recipe.Estimator.Kind)!;
        var columns = new ColumnTransformer();
        var numbers = table.Features.Where(f => f.Kind == FeatureKind.Number).Select(f => f.Name).ToArray();
        if (numbers.Length > 0)
            columns.Numbers(numbers, Steps(recipe.Numbers, kind));
        columns.Categories(
            [.. table.Features.Where(f => f.Kind == FeatureKind.Category).Select(f => f.Name)],
            recipe.Unseen == UnseenCategories.Refuse ? Unseen.Refuse : Unseen.Ignore);
        foreach (var feature in table.Features.Where(f => f.Kind == FeatureKind.Text))
            columns.Text(feature.Name, new TfidfVectoriser(OptionsOf(recipe.Text)));
        return columns;
    }

    private static ITransformer[] Steps(NumberPreparation numbers, EstimatorKind kind)
    {
        var steps = new List<ITransformer>();
        var filling = numbers.Missing == MissingNumbers.Usual
            ? (kind.TakesMissing ? MissingNumbers.Keep : MissingNumbers.Median)
            : numbers.Missing;
        if (filling is not (MissingNumbers.Keep or MissingNumbers.Refuse))
        {
            steps.Add(new Imputer(filling switch
            {
                MissingNumbers.Mean => Filling.Mean,
                MissingNumbers.Median => Filling.Median,
                MissingNumbers.MostFrequent => Filling.MostFrequent,
                _ => Filling.Constant,
            }, indicators: numbers.Indicators));
        }
        if (numbers.Polynomial > 1)
            steps.Add(new PolynomialFeatures(numbers.Polynomial, one: false));
        var scale = numbers.Scale == NumberScale.Usual ? (kind.WantsScale ? NumberScale.Standard : NumberScale.None) : numbers.Scale;
        if (scale != NumberScale.None)
            steps.Add(scale == NumberScale.Standard ? new StandardScaler() : new RangeScaler());
        return [.. steps];
    }

    private static TfidfOptions OptionsOf(TextPreparation text) => new()
    {
        Ngrams = new()
        {
            Unit = text.Characters ? NgramUnit.CharacterInWord : NgramUnit.Word,
            Shortest = text.Shortest,
            Longest = text.Longest,
        },
        MaxFeatures = text.MostFeatures,
        MinTexts = text.LeastTexts,
        Sublinear = true,
    };
}
