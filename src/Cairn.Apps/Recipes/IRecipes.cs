namespace Cairn.Apps;

/// <summary>The recipes that lie in the workspace, wherever in it.</summary>
public interface IRecipes
{
    /// <summary>
    /// Every YAML file with an estimator, or a target and data, and every one in a folder named <c>recipes</c> or with "recipe" in its
    /// name; by path, read again at each call.
    /// </summary>
    IReadOnlyList<FoundRecipe> List();

    /// <summary>Reads one of <see cref="List"/> by its path beneath the workspace, or any by an absolute path.</summary>
    /// <exception cref="ManifestException">Every mistake in the file.</exception>
    /// <exception cref="CairnException">It is not there; the message names those that are.</exception>
    Training.Recipe Load(string path);
}
