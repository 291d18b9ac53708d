using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cairn.Server;

/// <summary>Every body of the HTTP API.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(VersionResponse))]
internal sealed partial class ServerJson : JsonSerializerContext;
