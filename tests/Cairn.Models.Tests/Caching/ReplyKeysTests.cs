using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cairn.Models.Tests;

public sealed class ReplyKeysTests
{
    private static readonly CallOrigin Ann = By("ann", "legal");

    [Theory]
    [InlineData("""{"a":1,"b":[1,2]}""", """ { "b" : [ 1 , 2 ] , "a" : 1 } """)]
    [InlineData("""{"a":1}""", """{"a":1.0}""")]
    [InlineData("""{"a":100}""", """{"a":1e2}""")]
    [InlineData("""{"a":0.5}""", """{"a":5E-1}""")]
    [InlineData("""{"a":0}""", """{"a":-0}""")]
    [InlineData("""{"a":"\u0041/"}""", """{"a":"A\/"}""")]
    [InlineData("""{"\u0061":1}""", """{"a":1}""")]
    [InlineData("""{"model":"x","a":1}""", """{"a":1,"model":"y"}""")]
    [InlineData("""{"a":1,"stream":false}""", """{"a":1}""")]
    [InlineData("""{"a":{"z":1,"y":{"c":1,"b":2}}}""", """{"a":{"y":{"b":2,"c":1},"z":1}}""")]
    public void Bodies_that_mean_the_same_have_one_key(string one, string other) => Assert.Equal(Key(one), Key(other));

    [Theory]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[12]}""")]
    [InlineData("""{"a":[[1],2]}""", """{"a":[[1,2]]}""")]
    [InlineData("""{"a":1}""", """{"a":"1"}""")]
    [InlineData("""{"a":null}""", """{"a":"n"}""")]
    [InlineData("""{"a":true}""", """{"a":false}""")]
    [InlineData("""{"a":"b","c":"d"}""", """{"a":"b\",\"c\":\"d"}""")]
    [InlineData("""{"a":""}""", """{}""")]
    [InlineData("""{"stream":true}""", """{}""")]
    [InlineData("""{"a":{"stream":false}}""", """{"a":{}}""")]
    [InlineData("""{"a":{"model":"x"}}""", """{"a":{"model":"y"}}""")]
    [InlineData("""{"temperature":0.1}""", """{"temperature":0.10000001}""")]
    [InlineData("""{"seed":9007199254740993}""", """{"seed":9007199254740992}""")]
    [InlineData("""{"xstream":false}""", """{}""")]
    public void Bodies_that_mean_something_else_have_another(string one, string other) => Assert.NotEqual(Key(one), Key(other));

    [Fact]
    public void Tenant_rights_app_route_and_protocol_have_their_own_keys()
    {
        const string Body = """{"a":1}""";
        var all = new[]
        {
            Key(Body), Key(Body, By("ben", "legal")), Key(Body, By("ann")), Key(Body, By("ann", "legal", "hr")), Key(Body, By(null)),
            Key(Body, Ann with { App = "qa" }), Key(Body, Ann with { Caller = Ann.Caller with { Tenant = "other" } }),
            Key(Body, model: "other"), Key(Body, protocol: WireProtocol.AnthropicMessages),
        };
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.Equal(Key(Body), Key(Body, By("ann", "legal") with { Key = "K1", Conversation = "c", Tags = ["t"] }));
    }

    [Fact]
    public void Headers_that_reach_the_provider_and_tags_that_the_route_chooses_by_have_their_own_keys()
    {
        var plain = Request("{}", protocol: WireProtocol.AnthropicMessages);
        var beta = plain with { Headers = [new("anthropic-beta", "context-1m")] };
        var all = new[]
        {
            ReplyKeys.Of(plain, "r", []), ReplyKeys.Of(beta, "r", []),
            ReplyKeys.Of(beta with { Headers = [new("anthropic-beta", "files")] }, "r", []),
            ReplyKeys.Of(beta with { Headers = [new("anthropic-version", "context-1m")] }, "r", []), ReplyKeys.Of(plain, "r", ["legal"]),
            ReplyKeys.Of(plain, "r", ["legal", "eu"]),
        };
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void No_JSON_has_a_key_too() => Assert.NotEqual(Key("{\"a\":"), Key("{\"b\":"));

    [Fact]
    public void Any_order_and_any_writing_of_a_random_body_has_the_same_key_and_any_change_another()
    {
        var random = new Random(3);
        for (var i = 0; i < 300; i++)
        {
            var body = new JsonObject { ["messages"] = Any(random, 4), ["other"] = Any(random, 3) };
            var key = Key(body.ToJsonString());
            Assert.Equal(key, Key(Shuffled(body, random)!.ToJsonString(new JsonSerializerOptions { WriteIndented = true })));
            body["other"] = new JsonArray(body["other"]!.DeepClone());
            Assert.NotEqual(key, Key(body.ToJsonString()));
        }
    }

    private static CallOrigin By(string? user, params string[] groups)
        => new() { Caller = new() { Tenant = Tenants.Default, User = user, Groups = [.. groups] } };

    private static ReplyKey Key(
        string body, CallOrigin? origin = null, string model = "default", WireProtocol protocol = WireProtocol.OpenAiChat)
        => ReplyKeys.Of(Request(body, origin, protocol), model, []);

    private static GatewayRequest Request(string body, CallOrigin? origin = null, WireProtocol protocol = WireProtocol.OpenAiChat)
        => new() { Origin = origin ?? Ann, Protocol = protocol, Body = Encoding.UTF8.GetBytes(body), Trace = default };

    private static JsonNode Any(Random random, int depth) => random.Next(depth > 0 ? 5 : 3) switch
    {
        0 => JsonValue.Create(random.Next(1000)),
        1 => JsonValue.Create(random.NextDouble()),
        2 => JsonValue.Create("ü\"" + random.Next(1000)),
        3 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Any(random, depth - 1))]),
        _ => new JsonObject(Enumerable.Range(0, random.Next(12))
            .Select(n => KeyValuePair.Create("k" + n, (JsonNode?)Any(random, depth - 1)))),
    };

    private static JsonNode? Shuffled(JsonNode? node, Random random) => node switch
    {
        JsonArray array => new JsonArray([.. array.Select(n => Shuffled(n, random))]),
        JsonObject mapping => new JsonObject(mapping.OrderBy(_ => random.Next())
            .Select(m => KeyValuePair.Create(m.Key, Shuffled(m.Value, random)))),
        _ => node?.DeepClone(),
    };
}
