namespace Cairn.Models;

/// <summary>
/// Resolves what a caller names: a route, or <c>provider/model</c>. The floor is not a route; it is what serves when these do not.
/// </summary>
public interface IRoutes
{
    public const string Default = "default";

    /// <param name="origin">For whom the route will be called: its budgets, limits and traces go by it.</param>
    /// <returns>null for <see cref="Default"/> when the workspace declares no such route.</returns>
    /// <exception cref="CairnException">No route and no provider of this name (<c>model.unknown</c>).</exception>
    ModelRoute? Find(string name, CallOrigin origin);

    /// <summary>Every route with its models and how they do, for <c>doctor</c> and the interface.</summary>
    IReadOnlyList<RouteStatus> List();

    /// <summary>What is declared and not there, for people: <c>openai: the environment variable OPENAI_API_KEY is not set</c>.</summary>
    IReadOnlyList<string> MissingProviders();
}
