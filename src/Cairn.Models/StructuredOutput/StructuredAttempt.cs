using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>One try at writing what a schema says.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Usage">null when the provider did not say.</param>
/// <param name="FinishReason">null when the provider did not say.</param>
/// <param name="Violations">Empty for the try that was accepted.</param>
public sealed record StructuredAttempt(
    int Number, UsageDetails? Usage, ChatFinishReason? FinishReason, ImmutableArray<SchemaViolation> Violations);
