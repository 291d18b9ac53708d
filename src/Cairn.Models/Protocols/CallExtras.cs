using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>Parameters without a property of their own: kept for the adapter, which takes or refuses them by name.</summary>
internal static class CallExtras
{
    /// <summary>
    /// Keeps what is not in <paramref name="known"/> and asks for something: null, and what every model does anyway, is passed over.
    /// </summary>
    public static void Read(JsonElement root, HashSet<string> known, ChatOptions options)
    {
        foreach (var field in root.EnumerateObject())
        {
            if (!known.Contains(field.Name) && field.Value.ValueKind != JsonValueKind.Null && !IsUsual(field.Name, field.Value))
                (options.AdditionalProperties ??= [])[field.Name] = field.Value.Clone();
        }
    }

    /// <summary>What a call carries and an adapter does not take is an error that names it.</summary>
    /// <param name="kind">The kind of model, with its article: <c>an anthropic</c>.</param>
    public static void Refuse(string who, string kind, ChatOptions? options, Func<string, bool> taken)
    {
        foreach (var name in options?.AdditionalProperties?.Keys ?? Enumerable.Empty<string>())
        {
            // How strictly a schema holds goes with the schema.
            if (name != CallParameters.Strict && !taken(name))
                throw Unsupported.Parameter(who, kind, name);
        }
    }

    private static bool IsUsual(string name, JsonElement value) => name switch
    {
        CallParameters.Count => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var n) && n == 1,
        CallParameters.Logprobs or CallParameters.Store or "background" => value.ValueKind == JsonValueKind.False,
        CallParameters.TopLogprobs => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var n) && n == 0,
        CallParameters.ServiceTier => value.ValueKind == JsonValueKind.String && value.ValueEquals("auto"),
        CallParameters.Modalities => value.ValueKind == JsonValueKind.Array
            && value.EnumerateArray().All(m => m.ValueKind == JsonValueKind.String && m.ValueEquals("text")),
        CallParameters.LogitBias or CallParameters.Metadata => value.ValueKind == JsonValueKind.Object && !value.EnumerateObject().Any(),
        "truncation" => value.ValueKind == JsonValueKind.String && value.ValueEquals("disabled"),
        "include" => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0,
        _ => false,
    };
}
