using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>A schema made ready once: how it is asked for, and how an answer is judged.</summary>
internal sealed class StructuredContract
{
    private readonly JsonSchema _schema;
    private readonly StrictSchema? _strict;
    private readonly StructuredMode _mode;

    /// <exception cref="JsonSchemaException">As <see cref="JsonSchema.Compile"/>.</exception>
    public StructuredContract(JsonElement schema, StructuredOutputOptions options)
    {
        schema = Modern(schema);
        _schema = JsonSchema.Compile(schema, options.Schema);
        _strict = options.Mode == StructuredMode.Strict ? StrictSchema.Of(schema) : null;
        _mode = options.Mode == StructuredMode.Strict && _strict is null ? StructuredMode.Prompt : options.Mode;
    }

    /// <summary>The way that is taken: <see cref="StructuredMode.Prompt"/> where the subset cannot say the schema.</summary>
    public StructuredMode Mode => _mode;

    public IEnumerable<ChatMessage> Messages(IReadOnlyList<ChatMessage> messages)
        => _mode == StructuredMode.Prompt ? [new(ChatRole.System, StructuredText.Instructions(_schema.Source)), .. messages] : messages;

    public ChatOptions Options(ChatOptions options, ChatResponseFormatJson format)
    {
        var own = options.Clone();
        own.ResponseFormat = _mode switch
        {
            StructuredMode.Prompt => null,
            StructuredMode.Strict => ChatResponseFormat.ForJsonSchema(_strict!.Schema, format.SchemaName ?? "answer",
                format.SchemaDescription),
            _ => format,
        };
        if (_mode == StructuredMode.Strict)
            (own.AdditionalProperties ??= [])[CallParameters.Strict] = true;
        else
            own.AdditionalProperties?.Remove(CallParameters.Strict);
        return own;
    }

    /// <summary>The value that an answer holds, and what is wrong with it.</summary>
    public (string Json, ImmutableArray<SchemaViolation> Violations) Judge(string answer)
    {
        var json = StructuredText.FindJson(answer);
        if (_strict is not null)
            json = _strict.Restore(json, _schema);
        return (json, JudgeWhole(json));
    }

    /// <summary>What is wrong with an answer that is passed on as it is: it has to be the value, without a word around it.</summary>
    public ImmutableArray<SchemaViolation> JudgeWhole(string answer)
    {
        try
        {
            // A member twice: readers differ in which they take, so neither is let through.
            using var _ = JsonDocument.Parse(answer,
                new() { AllowDuplicateProperties = false, MaxDepth = JsonSchemaOptions.Default.MaxDepth });
        }
        catch (JsonException)
        {
            // Well-formed, and yet refused: only the member that stands there twice is left.
            var mistake = JsonSyntax.Mistake(Encoding.UTF8.GetBytes(answer), JsonSchemaOptions.Default.MaxDepth);
            return [new("", "", mistake is null ? "names a member twice" : $"is not JSON: {mistake}")];
        }
        return _schema.Validate(answer);
    }

    /// <summary>
    /// Clients' own tools still write <c>$schema</c> of draft 7 above schemas that mean the same in 2020-12. Where the drafts differ (a
    /// list of items), the compiler says so.
    /// </summary>
    private static JsonElement Modern(JsonElement schema)
    {
        if (schema.Text("$schema") is not { } draft || !Older.Contains(draft.TrimEnd('#')))
            return schema;
        var modern = JsonObject.Create(schema)!;
        modern.Remove("$schema");
        return JsonSerializer.SerializeToElement(modern, StructuredJson.Default.JsonObject);
    }

    private static readonly string[] Older =
    [
        "http://json-schema.org/draft-04/schema", "http://json-schema.org/draft-06/schema", "http://json-schema.org/draft-07/schema",
        "https://json-schema.org/draft/2019-09/schema",
    ];
}
