namespace Cairn.Apps.Tests;

public sealed class RecipeFolderTests : IDisposable
{
    private const string Ships = "version: 1\nname: ships\ndata: { file: ships.csv }\ntarget: delayed\nestimator: tree\n";

    private readonly DirectoryInfo _workspace = Directory.CreateTempSubdirectory("cairn-recipes-");

    public void Dispose() => _workspace.Delete(recursive: true);

    [Fact]
    public void Recipes_are_found_wherever_they_lie_with_their_mistakes()
    {
        Write("ships.yaml", Ships);
        Write("port/recipes/tugs.yml", Ships.Replace("tree", "tre", StringComparison.Ordinal));
        Write("cairn.yaml", "version: 1\n");
        Write("notes.txt", Ships);
        Write(".cairn/old.yaml", Ships);
        Write("node_modules/other/recipe.yaml", Ships);
        File.CreateSymbolicLink(Path.Combine(_workspace.FullName, "link.yaml"), Path.Combine(_workspace.FullName, "ships.yaml"));

        var found = new RecipeFolder(_workspace.FullName).List();

        Assert.Equal(["port/recipes/tugs.yml", "ships.yaml"], found.Select(f => f.Path));
        Assert.Equal("port/recipes/tugs.yml:5:12: there is no estimator 'tre'", found[0].Problems[0].ToString().Split(" (")[0]);
        Assert.Equal(Path.Combine(_workspace.FullName, "ships.csv"), found[1].Recipe!.Data.File);
    }

    [Theory]
    [InlineData("recipes/ships.yaml", "ships: [to be\n\tdone", "ships.yaml:1:9: this is not YAML")]
    [InlineData("ships-recipe.yml", "}", "this is not YAML")]
    [InlineData("ships.yaml", "estimator: tree\n", "'target' is missing")]
    [InlineData("ships.yaml", "target: delayed\ndata: { file: ships.csv }\nestimater: tree\n", "estimater")]
    [InlineData("ships.yaml", "{ \"version\": 1, \"estimator\": tre }", "there is no estimator 'tre'")]
    public void A_file_that_is_no_recipe_yet_is_listed_with_what_is_wrong(string path, string text, string said)
    {
        Write(path, text);
        var found = Assert.Single(new RecipeFolder(_workspace.FullName).List());
        Assert.Equal(path, found.Path);
        Assert.Null(found.Recipe);
        Assert.Contains(found.Problems, p => p.ToString().Contains(said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("compose.yaml", "services:\n  web:\n    build:\n      target: prod\nvolumes:\n  data:\n")]
    [InlineData("chart/broken.yaml", "{{ template }}: [")]
    public void A_file_of_another_kind_is_not_listed(string path, string text)
    {
        Write(path, text);
        Assert.Empty(new RecipeFolder(_workspace.FullName).List());
    }

    [Fact]
    public void A_recipe_that_is_not_there_is_answered_by_those_that_are()
    {
        Write("recipes/ships.yaml", Ships);
        Write("tugs.yaml", Ships);
        var recipes = new RecipeFolder(_workspace.FullName);
        var missing = Assert.Throws<CairnException>(() => recipes.Load(Path.Combine(_workspace.FullName, "shps.yaml")));
        Assert.Equal((ErrorKind.NotFound, "recipe.missing"), (missing.Kind, missing.Code));
        Assert.Contains("recipes/ships.yaml, tugs.yaml", missing.Fix, StringComparison.Ordinal);
        Assert.EndsWith($"cairn train {_workspace.FullName}/recipes/ships.yaml", missing.Fix, StringComparison.Ordinal);
        Assert.Contains(
            "is a folder", Assert.Throws<CairnException>(() => recipes.Load(Path.Combine(_workspace.FullName, "recipes"))).Message,
            StringComparison.Ordinal);
        Assert.Equal("ships", recipes.Load("tugs.yaml").Name);
    }

    [Fact]
    public void A_workspace_without_recipes_says_where_one_is_shown()
    {
        var missing = Assert.Throws<CairnException>(() => new RecipeFolder(_workspace.FullName).Load("ships.yaml"));
        Assert.Contains("docs/training.md", missing.Fix, StringComparison.Ordinal);
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(_workspace.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
