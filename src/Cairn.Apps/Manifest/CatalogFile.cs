using System.Collections.Immutable;
using System.Globalization;
using Cairn.Models;

namespace Cairn.Apps;

/// <summary>Reads a catalogue of models: the workspace's <c>models/catalog.yaml</c>, or the one that ships.</summary>
public static class CatalogFile
{
    public const string FileName = "models/catalog.yaml";

    private static readonly (string Word, ModelAbilities Ability)[] Abilities =
    [
        ("chat", ModelAbilities.Chat),
        ("tools", ModelAbilities.Tools),
        ("vision", ModelAbilities.Vision),
        ("audio", ModelAbilities.Audio),
        ("jsonSchema", ModelAbilities.JsonSchema),
        ("reasoning", ModelAbilities.Reasoning),
        ("embeddings", ModelAbilities.Embeddings),
    ];

    /// <returns>Empty when the workspace has no such file.</returns>
    /// <exception cref="ManifestException">Every mistake in the file.</exception>
    public static ImmutableArray<CatalogEntry> Load(string workspace)
    {
        var file = Path.Combine(workspace, FileName);
        return File.Exists(file) ? Parse(WorkspaceText.Read(file, FileName), FileName) : [];
    }

    public static ImmutableArray<CatalogEntry> Shipped() => Parse(ShippedCatalog.ReadText(), ShippedCatalog.Name);

    public static ImmutableArray<CatalogEntry> Parse(string text, string name)
    {
        var problems = new Problems(name);
        var tree = YamlTree.Parse(text, problems);
        problems.ThrowIfAny();
        var file = new Fields(tree ?? new YamlScalar(1, 1, "", Quoted: false), CatalogShapes.File, "", problems);
        file.Require("version", "models");
        file.Whole("version", 1, 1);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        ImmutableArray<CatalogEntry> entries = [.. file.Groups("models", CatalogShapes.Model).Select(m => ReadModel(m, taken, problems))];
        problems.ThrowIfAny();
        return entries;
    }

    private static CatalogEntry ReadModel(Fields model, HashSet<string> taken, Problems problems)
    {
        model.Require("names");
        var names = model.Words("names");
        if (names.IsEmpty && model.Has("names"))
            model.Problem("names", $"'{model.Place("names")}' names no model");
        foreach (var name in names)
        {
            var star = name.Value.IndexOf('*', name.Value.StartsWith("*/", StringComparison.Ordinal) ? 1 : 0);
            if (ModelName.Parse(name.Value) is null || (star >= 0 && star != name.Value.Length - 1))
                problems.Add(name, $"'{name.Value}' is no name; write provider/model, host/model or */model; a * may end it");
            else if (!taken.Add(name.Value))
                problems.Add(name, $"'{name.Value}' is given twice in this file");
        }
        model.Text("source");
        Day(model, "seen");
        return new([.. names.Select(n => n.Value)], new()
        {
            ContextWindow = model.Whole("context", 1, int.MaxValue),
            MaxOutput = model.Whole("maxOutput", 1, int.MaxValue),
            Abilities = ReadAbilities(model, problems),
            Prices = ReadPrices(model),
        });
    }

    private static ModelAbilities ReadAbilities(Fields model, Problems problems)
    {
        var all = ModelAbilities.None;
        foreach (var word in model.Words("abilities"))
        {
            var found = Abilities.FirstOrDefault(a => a.Word == word.Value);
            if (found.Word is null)
                problems.Add(word, $"'{word.Value}' is no ability ({string.Join(", ", Abilities.Select(a => a.Word))})",
                    Nearest.To(word.Value, Abilities.Select(a => a.Word)));
            all |= found.Ability;
        }
        return all;
    }

    private static ImmutableArray<ModelPrice> ReadPrices(Fields model)
    {
        ImmutableArray<ModelPrice> prices = [.. model.Groups("prices", CatalogShapes.Price).Select(ReadPrice)];
        if (prices.DistinctBy(p => p.From).Count() < prices.Length)
            model.Problem("prices", $"'{model.Place("prices")}' has two prices from the same day");
        return [.. prices.OrderBy(p => p.From)];
    }

    private static ModelPrice ReadPrice(Fields price)
    {
        price.Require("from", "input", "output");
        return new()
        {
            From = Day(price, "from") ?? default,
            Input = Money(price, "input") ?? 0,
            Output = Money(price, "output") ?? 0,
            CacheRead = Money(price, "cacheRead"),
            CacheWrite = Money(price, "cacheWrite"),
            Reasoning = Money(price, "reasoning"),
        };
    }

    private static decimal? Money(Fields price, string name) => (decimal?)price.Number(name, 0, 100_000);

    private static DateOnly? Day(Fields fields, string name)
    {
        if (fields.Text(name) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        fields.Problem(name, $"'{text}' is no day; write one such as 2026-01-31");
        return null;
    }
}
