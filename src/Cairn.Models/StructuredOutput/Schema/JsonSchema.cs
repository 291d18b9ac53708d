using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Cairn.Models;

/// <summary>
/// A JSON Schema (draft 2020-12), compiled once and used from any number of threads. It validates over UTF-8 and allocates nothing for a
/// valid instance. Of members with the same name each is validated.
/// </summary>
public sealed class JsonSchema
{
    private readonly SchemaNode _root;
    private readonly JsonSchemaOptions _options;

    private JsonSchema(SchemaNode root, JsonElement source, JsonSchemaOptions options)
    {
        _root = root;
        _options = options;
        Source = source;
    }

    /// <summary>The schema as it was given.</summary>
    public JsonElement Source { get; }

    /// <exception cref="JsonSchemaException">The schema breaks the specification or a limit, or refers to a document that is not
    /// registered.</exception>
    public static JsonSchema Compile(JsonElement schema, JsonSchemaOptions? options = null)
    {
        options ??= JsonSchemaOptions.Default;
        var source = schema.Clone();
        return new(new SchemaCompiler(options).Compile(source), source, options);
    }

    /// <inheritdoc cref="Compile"/>
    public static JsonSchema Parse([System.Diagnostics.CodeAnalysis.StringSyntax("Json")] string schema, JsonSchemaOptions? options = null)
    {
        try
        {
            using var document = JsonDocument.Parse(schema, new() { MaxDepth = SchemaCompiler.DeepestSchema });
            return Compile(document.RootElement, options);
        }
        catch (JsonException e)
        {
            var mistake = JsonSyntax.Mistake(Encoding.UTF8.GetBytes(schema), SchemaCompiler.DeepestSchema) ?? e.Message;
            throw new JsonSchemaException("schema.invalid", $"The schema is not JSON: {mistake}", "Mend the schema's syntax.", e);
        }
    }

    /// <returns>False also for a text that is not JSON.</returns>
    /// <exception cref="JsonSchemaException">The work went over a limit (<c>schema.limit</c>).</exception>
    public bool IsValid(ReadOnlySpan<byte> utf8)
    {
        var buffers = EvaluationBuffers.Rent();
        try
        {
            return Evaluate(InstanceReader.Read(utf8, buffers, _options.MaxDepth), buffers, null);
        }
        catch (JsonException)
        {
            return false;
        }
        finally
        {
            buffers.Return();
        }
    }

    /// <inheritdoc cref="IsValid(ReadOnlySpan{byte})"/>
    public bool IsValid(JsonElement instance) => IsValid(JsonMarshal.GetRawUtf8Value(instance));

    /// <returns>What is wrong, at most <see cref="JsonSchemaOptions.MaxViolations"/>; empty when nothing is. A text that is not JSON is a
    /// violation.</returns>
    /// <exception cref="JsonSchemaException">The work went over a limit (<c>schema.limit</c>).</exception>
    public ImmutableArray<SchemaViolation> Validate(ReadOnlySpan<byte> utf8)
    {
        var buffers = EvaluationBuffers.Rent();
        try
        {
            var instance = InstanceReader.Read(utf8, buffers, _options.MaxDepth);
            if (Evaluate(instance, buffers, null))
                return [];
            var violations = new List<SchemaViolation>();
            Evaluate(instance, buffers, violations);
            return [.. violations];
        }
        catch (JsonException e)
        {
            return [new("", "", $"is not JSON: {JsonSyntax.Mistake(utf8, _options.MaxDepth) ?? e.Message}")];
        }
        finally
        {
            buffers.Return();
        }
    }

    /// <inheritdoc cref="Validate(ReadOnlySpan{byte})"/>
    public ImmutableArray<SchemaViolation> Validate(JsonElement instance) => Validate(JsonMarshal.GetRawUtf8Value(instance));

    /// <inheritdoc cref="Validate(ReadOnlySpan{byte})"/>
    public ImmutableArray<SchemaViolation> Validate(string json) => Validate(Encoding.UTF8.GetBytes(json));

    private bool Evaluate(Instance instance, EvaluationBuffers buffers, List<SchemaViolation>? violations)
    {
        var evaluation = new Evaluation(instance, buffers, violations, Math.Max(_options.MaxSteps, 64L * instance.Nodes.Length),
            _options.MaxViolations);
        return _root.Evaluate(ref evaluation, 0, -1);
    }
}
