using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cairn.Server;

/// <summary>Answers with a component: a whole page in its frame, or a piece of one.</summary>
internal static class Pages
{
    public static RazorComponentResult Whole<T>(Dictionary<string, object> parameters, int status = StatusCodes.Status200OK)
        where T : IComponent
        => new(typeof(PageDocument),
            new Dictionary<string, object?> { [nameof(PageDocument.Page)] = typeof(T), [nameof(PageDocument.Parameters)] = parameters })
            {
                StatusCode = status,
                PreventStreamingRendering = true,
            };

    public static RazorComponentResult Piece<T>(Dictionary<string, object?> parameters)
        where T : IComponent
        => new(typeof(T), parameters) { PreventStreamingRendering = true };
}
