using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Cairn.Models;

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class StructuredJson : JsonSerializerContext
{
    /// <summary>Text is kept readable: it goes to models and callers, never into a page.</summary>
    public static JsonSerializerOptions Plain { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
