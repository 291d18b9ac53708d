using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

/// <summary>What is booked for the tries of a call.</summary>
public sealed class StructuredTriesTests
{
    private const string Schema = """{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}""";

    private static readonly AITool Tool = new ToolDeclaration(
        "f", null, JsonElement.Parse(Schema), new Dictionary<string, object?> { [CallParameters.Strict] = true });

    [Theory]
    [InlineData("""{"n":"one"}""")]
    [InlineData("none")]
    public async Task What_tries_cost_is_booked_when_the_next_one_is_refused(string first)
    {
        var models = new RawModels(_ => throw new InvalidOperationException()) { Chat = new CallingModel(first, "{}") };
        Assert.Equal("provider.limited",
            (await Assert.ThrowsAsync<ProviderFailureException>(() => models.Route.GetResponseAsync("How many?", Both()))).Code);
        Assert.Equal(new CallUsage(18, 0, 0, 6, 0), models.Reserved.First().Settled);
    }

    [Fact]
    public async Task What_a_call_cost_is_booked_when_the_next_one_is_refused()
    {
        var models = new RawModels(_ => throw new InvalidOperationException()) { Chat = new CallingModel("{}") };
        Assert.Equal("provider.limited",
            (await Assert.ThrowsAsync<ProviderFailureException>(() => models.Route.GetResponseAsync("How many?", new() { Tools = [Tool] }))).Code);
        Assert.Equal(new CallUsage(9, 0, 0, 3, 0), models.Reserved.First().Settled);
    }

    private static ChatOptions Both()
        => new() { Tools = [Tool], ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse(Schema)) };
}
