using System.Collections.Immutable;
using System.Text.Json;
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
            StructuredMode.Strict => ChatResponseFormat.ForJsonSchema(_strict!.Schema, format.SchemaName ?? "answer", format.SchemaDescription),
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
        try
        {
            // A member twice: readers differ in which they take, so neither is let through.
            using var _ = JsonDocument.Parse(json, new() { AllowDuplicateProperties = false, MaxDepth = JsonSchemaOptions.Default.MaxDepth });
        }
        catch (JsonException e)
        {
            return (json, [new("", "", $"is not JSON: {e.Message}")]);
        }
        return (json, _schema.Validate(json));
    }
}
