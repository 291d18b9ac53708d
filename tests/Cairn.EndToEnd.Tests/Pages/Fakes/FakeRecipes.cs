using System.Collections.Immutable;
using Cairn.Apps;
using Cairn.Training;

namespace Cairn.EndToEnd.Tests;

/// <summary>The recipes of the harbour: one that is right, one whose data are not there, and one with mistakes.</summary>
internal sealed class FakeRecipes(bool empty) : IRecipes
{
    private static readonly FoundRecipe[] All =
    [
        Of("recipes/ships.yaml", "Which ships come late", "ship-delay"),
        Of("recipes/liegeplatz-gebuehren.yaml", "Liegeplatzgebührenvorhersage nach Bruttoraumzahl", "liegeplatzgebuehrenvorhersage"),
        new("recipes/tugs.yaml", null,
        [
            new("recipes/tugs.yaml", 5, 12, "there is no estimator 'bosting' (linear, ridge, lasso, tree, forest, boosting, network)",
                "boosting"),
            new("recipes/tugs.yaml", 7, 1, "unknown field 'metric'", "metrics"),
        ]),
    ];

    private static ImmutableSortedDictionary<string, OptionDraw> Draws
        => ImmutableSortedDictionary<string, OptionDraw>.Empty.Add("maxLeaves", new() { From = 4, To = 64, Whole = true });

    public IReadOnlyList<FoundRecipe> List() => empty ? [] : All;

    public Recipe Load(string path) => All.FirstOrDefault(r => r.Path == path)?.Recipe
        ?? throw new CairnException(ErrorKind.NotFound, "recipe.missing", $"There is no recipe {path}.", "Name one of: recipes/ships.yaml");

    private static FoundRecipe Of(string path, string title, string name) => new(path, new()
    {
        Name = name,
        Title = title,
        Data = new() { File = $"/srv/harbour/recipes/{name}.csv" },
        Target = "delayed",
        Estimator = new() { Kind = "boosting" },
        Search = new() { Random = Draws },
    }, []);
}
