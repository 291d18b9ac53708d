using System.Net;
using System.Text;
using System.Text.Json;

namespace Cairn.Server.Tests;

public sealed class JsonBodyTests(JsonBodyTests.Fixture fixture) : IClassFixture<JsonBodyTests.Fixture>
{
    private const string Ask = "/api/v1/apps/ask/ask";

    [Theory]
    [InlineData(Ask, "{\"question\": }", "The body is not JSON: line 1, column 14: expected a value, found '}'.",
        "\"question\" (a text")]
    [InlineData(Ask, "{\"question\": 5}",
        "The field 'question' should be a text in double quotes, and a number stands at line 1, column 14.",
        "Give 'question' a text")]
    [InlineData(Ask, "{\"question\": null}",
        "The field 'question' should be a text in double quotes, and null stands at", "Give 'question'")]
    [InlineData(Ask, "{\n \"save\": \"yes\", \"question\": \"x\"}",
        "The field 'save' should be true or false, and a text stands at line 2, column 10.", "Give 'save' true or false.")]
    [InlineData(Ask, "{\"save\": true}",
        "The field 'question' is missing from the object at line 1, column 1.", "Add \"question\": a text")]
    [InlineData(Ask, "{\"qestion\": \"x\"}", "There is no field 'qestion' here (line 1, column 2).", "Did you mean 'question'?")]
    [InlineData(Ask, "[]", "The body should be a JSON object, and a list stands at line 1, column 1.",
        "\"conversation\" (a text in double quotes, optional)")]
    [InlineData(Ask, "", "The request has no body.", "Send a JSON object with \"question\"")]
    [InlineData("/api/v1/models/try", "{\"maxTokens\": 1.5}",
        "The field 'maxTokens' should be a whole number, and a number with a fraction, or one too large, stands at", "a whole number")]
    [InlineData("/api/v1/models/try", "{\"models\": [\"a\", {}]}",
        "The field 'models[1]' should be a text in double quotes, and an object stands at", "models[1]")]
    [InlineData("/api/v1/models/similar", "{\"model\": \"m\", \"questions\": [{\"text\": \"a\"}]}",
        "The field 'questions[0].answer' is missing from the object at line 1, column 30.", "Add \"answer\"")]
    public async Task What_is_wrong_with_a_body_is_told_by_field_place_and_what_belongs_there(
        string path, string body, string detail, string fix)
    {
        using var problem = await PostAsync(path, body);
        Assert.StartsWith(detail, problem.RootElement.GetProperty("detail").GetString());
        Assert.Contains(fix, problem.RootElement.GetProperty("fix").GetString());
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_told_as_such()
    {
        using var problem = await SendAsync(HttpMethod.Post, Ask, [.. "{\"question\": \""u8, 0xFF, .. "\"}"u8]);
        Assert.Equal("The body is not JSON: line 1, column 15: the text is not UTF-8.",
            problem.RootElement.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_secret_in_a_wrong_body_is_not_repeated()
    {
        foreach (var body in new[] { "{\"value\": sk-planted}", "{\"value\": [\"sk-planted\"]}", "\"sk-planted\"" })
        {
            using var problem = await SendAsync(HttpMethod.Put, "/api/v1/models/keys/x", Encoding.UTF8.GetBytes(body));
            Assert.DoesNotContain("planted", problem.RootElement.ToString());
        }
    }

    private Task<JsonDocument> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, Encoding.UTF8.GetBytes(body));

    private async Task<JsonDocument> SendAsync(HttpMethod method, string path, byte[] body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        using var response = await fixture.Server.Owner.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{(int)response.StatusCode}: {text}");
        Assert.DoesNotContain("System.", text);
        var problem = JsonDocument.Parse(text);
        Assert.Equal("request.invalid", problem.RootElement.GetProperty("code").GetString());
        return problem;
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal TestServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Server = await TestServer.StartAsync();

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
