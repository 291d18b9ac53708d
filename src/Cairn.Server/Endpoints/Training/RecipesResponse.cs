namespace Cairn.Server;

internal sealed record RecipesResponse(IReadOnlyList<RecipeResponse> Recipes);
