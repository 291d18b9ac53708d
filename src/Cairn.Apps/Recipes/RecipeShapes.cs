namespace Cairn.Apps;

/// <summary>The fields of a recipe (schemas/recipe.schema.json).</summary>
internal static class RecipeShapes
{
    public static readonly Shape File = new(
        "recipe", "version", "name", "title", "data", "target", "task", "positive", "features", "ignore", "numbers", "categories", "text",
        "estimator", "search", "importance", "split", "metrics", "seed");

    public static readonly Shape Data = new("data", "file", "delimiter", "decimalComma", "missing");
    public static readonly Shape Numbers = new("numbers", "missing", "indicators", "polynomial", "scale");
    public static readonly Shape Categories = new("categories", "unseen");
    public static readonly Shape Text = new("text", "unit", "shortest", "longest", "mostFeatures", "leastTexts");
    public static readonly Shape Search = new("search", "grid", "random", "trials", "seed", "folds", "metric");
    public static readonly Shape Range = new("range", "from", "to", "scale");
    public static readonly Shape Importance = new("importance", "repeats", "metric");
    public static readonly Shape Split = new("split", "test", "by", "column");

    public static IEnumerable<Shape> All => [File, Data, Numbers, Categories, Text, Search, Range, Importance, Split];
}
