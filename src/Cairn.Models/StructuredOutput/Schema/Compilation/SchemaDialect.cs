namespace Cairn.Models;

/// <summary>
/// The vocabularies in force (core, section 8.1.2). Core and applicators always are; unevaluated ones cost nothing when unused.
/// </summary>
internal sealed record SchemaDialect(bool Validates, bool AssertsFormats)
{
    public const string Draft = "https://json-schema.org/draft/2020-12/schema";
    public const string Vocabularies = "https://json-schema.org/draft/2020-12/vocab/";

    public static SchemaDialect Standard { get; } = new(true, false);
}
