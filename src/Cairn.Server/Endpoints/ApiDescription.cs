using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Cairn.Server;

/// <summary>The OpenAPI document of <c>/api/v1</c>; a copy is committed at <c>docs/openapi.json</c> and held equal by a test.</summary>
internal static class ApiDescription
{
    public const string Path = "/api/v1/openapi.json";

    public static void AddApiDescription(this IServiceCollection services)
        => services.AddOpenApi("v1", options =>
        {
            options.ShouldInclude = api => api.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new()
                {
                    Title = "Cairn",
                    Version = "v1",
                    Description = "Errors are RFC 9457 problem details with `code` and `fix` (schema Problem).",
                };
                // Where it is served differs from workspace to workspace.
                document.Servers = [];
                document.Components ??= new();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    ["key"] = new OpenApiSecurityScheme
                    {
                        Type = SecuritySchemeType.Http,
                        Scheme = "bearer",
                        Description = "An API key: cairn key create --user NAME",
                    },
                };
                document.Security = [new() { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
                return Task.CompletedTask;
            });
            options.AddOperationTransformer(DescribeProblemAsync);
            options.AddSchemaTransformer(DescribeBytesAsync);
        });

    public static void MapApiDescription(this IEndpointRouteBuilder routes) => routes.MapOpenApi(Path).Requires(Right.Use);

    private static async Task DescribeProblemAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var schema = await context.GetOrCreateSchemaAsync(typeof(Problem), null, cancellationToken);
        context.Document?.AddComponent("Problem", schema);
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "What went wrong, and what mends it",
            Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(
                "Problem", context.Document) } },
        };
    }

    /// <summary>A body of bytes is said so; .NET's stream is of no use to a reader.</summary>
    private static Task DescribeBytesAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(Stream))
        {
            schema.Type = JsonSchemaType.String;
            schema.Format = "binary";
        }
        return Task.CompletedTask;
    }
}
