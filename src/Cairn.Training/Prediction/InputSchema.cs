using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Cairn.Learning;

namespace Cairn.Training;

/// <summary>What a model takes and gives, made from its training data.</summary>
public sealed record InputSchema
{
    private const int MostCategories = 200;

    public required string Target { get; init; }

    public required TaskKind Task { get; init; }

    public ImmutableArray<string> Classes { get; init; } = [];

    public required ImmutableArray<InputField> Fields { get; init; }

    public UnseenCategories Unseen { get; init; }

    internal static InputSchema Of(TrainingTable train, Recipe recipe, FittedModel model) => new()
    {
        Target = recipe.Target,
        Task = train.Task,
        Classes = model.Classes,
        Fields = [.. train.Features.Select(f => FieldOf(train.Rows, f, recipe))],
        Unseen = recipe.Unseen,
    };

    /// <summary>A JSON Schema (draft 2020-12) of one row.</summary>
    public JsonObject ToJsonSchema(string model)
    {
        var properties = new JsonObject();
        foreach (var field in Fields)
            properties[field.Name] = Describe(field);
        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = model,
            ["description"] = $"One row for the model {model}, which predicts '{Target}'.",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray([.. Fields.Where(f => !f.MayMiss).Select(f => JsonValue.Create(f.Name))]),
            ["properties"] = properties,
        };
    }

    private JsonObject Describe(InputField field)
    {
        List<string> types = field.Kind == FeatureKind.Number ? [] : ["string"];
        if (field.TakesNumbers)
            types.Add("number");
        if (field.TakesTruths)
            types.Add("boolean");
        if (field.MayMiss)
            types.Add("null");
        var described = new JsonObject
        {
            ["type"] = types is [var only] ? only : new JsonArray([.. types.Select(t => (JsonNode)t)]),
        };
        if (field.Kind == FeatureKind.Number)
            described["description"] = FormattableString.Invariant($"From {field.Least} to {field.Most} in training.");
        if (field.Kind == FeatureKind.Category && Unseen == UnseenCategories.Refuse && field.Categories.Length < MostCategories)
            described["enum"] = new JsonArray([.. field.Categories.Select(c => (JsonNode)c), .. Unquoted(field),
                .. field.MayMiss ? [null] : Array.Empty<JsonNode?>()]);
        else if (field.Kind == FeatureKind.Category)
            described["examples"] = new JsonArray([.. field.Categories.Take(20).Select(c => (JsonNode)c)]);
        return described;
    }

    /// <summary>The categories that are numbers or truths, as JSON's own.</summary>
    private static IEnumerable<JsonNode> Unquoted(InputField field)
    {
        foreach (var number in field.Categories.Select(InputField.NumberOf).OfType<double>().Distinct())
            yield return number;
        foreach (var truth in field.Categories.Where(c => c is "true" or "false"))
            yield return truth == "true";
    }

    private static InputField FieldOf(Frame rows, RecipeFeature feature, Recipe recipe)
    {
        var column = rows[feature.Name];
        if (feature.Kind != FeatureKind.Number)
        {
            var names = feature.Kind == FeatureKind.Text
                ? []
                : Enumerable.Range(0, column.Length).Where(r => !column.IsMissing(r)).Select(column.TextOf)
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostCategories).ToImmutableArray();
            return new(feature.Name, feature.Kind, MayMiss: true, null, null, names);
        }
        var numbers = rows.Numbers(feature.Name).ToArray().Where(n => !double.IsNaN(n)).ToArray();
        return new(feature.Name, feature.Kind, recipe.Numbers.Missing != MissingNumbers.Refuse, numbers.Min(), numbers.Max(), []);
    }
}
