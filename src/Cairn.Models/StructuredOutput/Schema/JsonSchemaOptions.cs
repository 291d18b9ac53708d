namespace Cairn.Models;

public sealed record JsonSchemaOptions
{
    public static JsonSchemaOptions Default { get; } = new();

    /// <summary>The documents that references may lead to, beside the schema itself. Nothing is ever fetched.</summary>
    public SchemaRegistry Registry { get; init; } = SchemaRegistry.Standard;

    /// <summary>
    /// Makes <c>format</c> an assertion for the formats that Cairn knows; as the specification has it, it is an annotation by default.
    /// </summary>
    public bool AssertFormats { get; init; }

    /// <summary>How deeply an instance may be nested.</summary>
    public int MaxDepth { get; init; } = 128;

    /// <summary>The most subschemas of a schema and all that it refers to.</summary>
    public int MaxSubschemas { get; init; } = 20_000;

    /// <summary>
    /// The most steps (a subschema applied, two values compared) of one validation; an instance of n values may take 64 n if that is more.
    /// </summary>
    public long MaxSteps { get; init; } = 5_000_000;

    /// <summary>
    /// How long one match of a pattern may take that cannot run in linear time (one with lookaround or a back reference).
    /// </summary>
    public TimeSpan PatternTimeLimit { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The most violations that are reported for one instance.</summary>
    public int MaxViolations { get; init; } = 100;
}
