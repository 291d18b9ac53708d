using System.Text.Json;

namespace Cairn.Models;

/// <param name="Path">Path and query below the provider's address, without keys.</param>
/// <param name="Body">null when the body was not JSON.</param>
internal sealed record RecordedRequest(string Method, string Path, JsonElement? Body);
