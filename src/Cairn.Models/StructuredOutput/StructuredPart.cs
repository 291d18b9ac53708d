using System.Text.Json.Nodes;

namespace Cairn.Models;

/// <summary>An object while it is written.</summary>
/// <param name="Value">null while what is there does not make one yet (a required member is to come).</param>
/// <param name="Json">What is complete so far; the last text may still grow. A try that fails is begun anew, so parts can become smaller
/// again.</param>
/// <param name="IsFinal">Only the last part is validated.</param>
public sealed record StructuredPart<T>(T? Value, JsonNode? Json, bool IsFinal);
