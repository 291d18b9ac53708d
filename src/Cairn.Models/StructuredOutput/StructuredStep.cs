using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>What is complete so far of a try, or the response that was accepted in the end.</summary>
internal readonly record struct StructuredStep(JsonNode? Partial, ChatResponse? Accepted);
