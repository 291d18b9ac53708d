using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Cairn.Server.Tests;

/// <summary>
/// A server that speaks Gemini's streams (https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent) and says what
/// tests/js/clients/script.yaml says, so that the clients can judge that kind of provider as well.
/// </summary>
internal static class FakeGemini
{
    public static Task<LoopbackServer> StartAsync() => LoopbackServer.StartAsync(context =>
    {
        Assert.Matches("^/v1beta/models/", context.Request.Path.Value!);
        return AnswerAsync(context);
    });

    private static async Task AnswerAsync(HttpContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body))!;
        if (context.Request.Path.Value!.EndsWith("EmbedContents", StringComparison.Ordinal))
        {
            var vectors = body["requests"]!.AsArray()
                .Select(r => new { values = Enumerable.Range(0, 8)
                    .Select(i => (r!["content"]!["parts"]![0]!["text"]!.GetValue<string>().Length + i) / 10f) });
            await context.Response.WriteAsJsonAsync(new { embeddings = vectors });
            return;
        }
        var parts = body["contents"]!.AsArray().SelectMany(c => c!["parts"]!.AsArray()).ToList();
        var asked = parts.FindLastIndex(p => p!["text"] is not null && p["thought"] is null && Says(p));
        var question = parts[asked]!["text"]!.GetValue<string>();
        var results = parts.Skip(asked + 1).Select(p => p!["functionResponse"]).OfType<JsonNode>().ToList();
        if (question == "busy")
        {
            context.Response.StatusCode = 429;
            await context.Response.WriteAsJsonAsync(new { error = new { code = 429, message = "Resource has been exhausted",
                status = "RESOURCE_EXHAUSTED" } });
            return;
        }
        if (question == "overloaded")
        {
            context.Response.StatusCode = 503;
            await context.Response.WriteAsJsonAsync(new { error = new { code = 503, message = "The model is overloaded.",
                status = "UNAVAILABLE" } });
            return;
        }
        var reply = Reply(question, results).ToList();
        if (!context.Request.Path.Value!.EndsWith(":streamGenerateContent", StringComparison.Ordinal))
        {
            await context.Response.WriteAsJsonAsync(Chunk(question, new JsonArray([.. reply.Select(r => r.Part)]), reply[^1].Finish));
            return;
        }
        context.Response.ContentType = "text/event-stream";
        var sent = 0;
        foreach (var (part, finish) in reply)
        {
            await context.Response.WriteAsync($"data: {Chunk(question, part is null ? [] : [part], finish).ToJsonString()}\n\n");
            await context.Response.Body.FlushAsync();
            // It goes on only when the caller leaves.
            if (question == "slow" && ++sent == 2)
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        }
    }

    private static JsonObject Chunk(string question, JsonArray parts, string? finish)
    {
        var usage = question == "think"
            ? new { promptTokenCount = 120, candidatesTokenCount = 18, thoughtsTokenCount = 12, cachedContentTokenCount = 64 }
            : new { promptTokenCount = 9, candidatesTokenCount = 4, thoughtsTokenCount = 0, cachedContentTokenCount = 0 };
        var candidate = new JsonObject { ["content"] = new JsonObject { ["role"] = "model", ["parts"] = parts } };
        if (finish is not null)
            candidate["finishReason"] = finish;
        return new JsonObject
        {
            ["candidates"] = new JsonArray(candidate),
            ["usageMetadata"] = JsonSerializer.SerializeToNode(usage),
            ["responseId"] = "r",
        };
    }

    // What the assistant said stands among the texts too; the script's questions are known.
    private static bool Says(JsonNode part) => part["text"]!.GetValue<string>() is not "I look.";

    private static IEnumerable<(JsonNode? Part, string? Finish)> Reply(string question, List<JsonNode> results)
        => (question, results.Count) switch
    {
        ("weather?", 0) => [(Text("I look."), null), (Call("weather", """{"city":"Oslo"}"""), null),
            (Call("weather", """{"city":"Rome"}"""), "STOP")],
        ("weather?", 2) => [(Call("tide", "{}"), "STOP")],
        ("weather?", _) => [(Text($"The tide is {results[^1]["response"]!["output"]!.GetValue<string>()}."), "STOP")],
        ("think", _) => [(new JsonObject { ["text"] = "Let me think of it.", ["thought"] = true }, null), (Text("Forty-two."), "STOP")],
        ("as json", _) => [(Text("""{"city": "Oslo", "berths": 4}"""), "STOP")],
        ("too long", _) => [(Text("Ships have"), "MAX_TOKENS")],
        ("filtered", _) => [(Text("Sh"), null), (null, "SAFETY")],
        ("slow", _) => [.. Enumerable.Range(0, 20).Select(i => ((JsonNode?)Text($"{i} "), (string?)null)), (Text("."), "STOP")],
        // Ends without a reason.
        ("broken", _) => [(Text("Half "), null), (Text("an an"), null)],
        _ => [(Text("Four "), null), (Text("dàys."), "STOP")],
    };

    private static JsonObject Text(string text) => new() { ["text"] = text };

    private static JsonObject Call(string name, string arguments)
        => new() { ["functionCall"] = new JsonObject { ["name"] = name, ["args"] = JsonNode.Parse(arguments) } };
}
