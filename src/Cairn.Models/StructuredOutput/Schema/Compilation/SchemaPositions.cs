using System.Collections.Frozen;

namespace Cairn.Models;

/// <summary>Which keywords hold subschemas, and how. Everything else is data: an <c>$id</c> in an <c>enum</c> identifies nothing.</summary>
internal static class SchemaPositions
{
    public static FrozenSet<string> Single { get; } = FrozenSet.Create(StringComparer.Ordinal,
        "not", "if", "then", "else", "items", "contains", "additionalProperties", "propertyNames", "unevaluatedItems",
        "unevaluatedProperties", "contentSchema");

    public static FrozenSet<string> Lists { get; } = FrozenSet.Create(StringComparer.Ordinal, "allOf", "anyOf", "oneOf", "prefixItems");

    public static FrozenSet<string> Maps { get; } = FrozenSet.Create(StringComparer.Ordinal, "$defs", "properties", "patternProperties",
        "dependentSchemas");
}
