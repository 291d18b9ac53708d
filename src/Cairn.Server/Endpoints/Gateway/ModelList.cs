using System.Text.Json;
using Cairn.Apps;
using Cairn.Models;

namespace Cairn.Server;

/// <summary>
/// <c>GET /v1/models</c> (https://platform.openai.com/docs/api-reference/models/list): routes, the models that routes name, and the apps
/// that the caller may use.
/// </summary>
internal static class ModelList
{
    public static async Task WriteAsync(HttpContext context, Principal caller, IRoutes routes, IApps apps)
    {
        context.Response.ContentType = ReplyHead.Json;
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        var known = routes.List();
        foreach (var route in known)
            Write(json, route.Name, "cairn");
        foreach (var model in known.SelectMany(r => r.Models).Select(m => m.Model).Distinct())
            Write(json, model, model[..model.IndexOf('/', StringComparison.Ordinal)]);
        foreach (var app in apps.List(caller))
            Write(json, "app/" + app.Name, "cairn");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string id, string owner)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("object", "model");
        // Clients want the field; when a route was written nobody knows.
        json.WriteNumber("created", 0);
        json.WriteString("owned_by", owner);
        json.WriteEndObject();
    }
}
