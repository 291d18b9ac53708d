using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <param name="Base64">The caller wants <c>encoding_format: base64</c>: little-endian float32.</param>
public sealed record EmbeddingsRequest(ImmutableArray<string> Inputs, EmbeddingGenerationOptions Options, bool Base64);
