using System.Collections.Immutable;
using Cairn.Learning;
using Cairn.Testing;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

public sealed class TokenCounterTests : IDisposable
{
    private const string Text = "the boat and the tide and the boat";
    private static readonly ModelName Local = new("local", "llama");
    private static readonly ChatMessage[] Messages = [new(ChatRole.User, Text)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_model_s_own_tokenizer_counts_exactly()
    {
        var tokenizer = TokenizerTrainer.Train([Text], 270);
        using (var file = File.Create(_folder["tokenizer.json"]))
            tokenizer.Save(file);
        var count = await Counter(_folder["tokenizer.json"]).CountAsync(Local, Messages, null, default);
        Assert.Equal(new TokenCount(tokenizer.Count(Text) + 7, IsEstimate: false), count);
    }

    [Fact]
    public async Task Without_one_the_count_says_that_it_is_an_estimate()
        => Assert.True((await Counter().CountAsync(Local, Messages, null, default)).IsEstimate);

    [Fact]
    public async Task The_provider_s_own_count_goes_first()
    {
        var counter = new TokenCounter(new(ImmutableDictionary<ModelName, string>.Empty),
            (model, _, _, _) => new(model == Local ? 42 : null));
        Assert.Equal(new TokenCount(42, IsEstimate: false), await counter.CountAsync(Local, Messages, null, default));
        Assert.True((await counter.CountAsync(new("other", "m"), Messages, null, default)).IsEstimate);
    }

    [Fact]
    public async Task Tools_instructions_schemas_and_media_count_too()
    {
        var plain = (await Counter().CountAsync(Local, Messages, null, default)).Tokens;
        async Task<long> More(ChatOptions? options, params AIContent[] contents)
            => (await Counter().CountAsync(Local, [new(ChatRole.User, [new TextContent(Text), .. contents])], options, default)).Tokens
                - plain;
        Assert.InRange(await More(new() { Instructions = "Be short." }), 4, 20);
        Assert.InRange(await More(new() { Tools = [AIFunctionFactory.CreateDeclaration("look", "Looks things up",
            JsonSchemaOf("""{ "type": "object" }"""))] }), 350, 400);
        Assert.InRange(await More(new() { ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonSchemaOf("""{ "type": "object" }""")) }), 3,
            20);
        Assert.InRange(await More(null, new DataContent(new byte[] { 1 }, "image/png")), 1_000, 2_000);
    }

    [Fact]
    public async Task A_damaged_tokenizer_is_an_error_that_names_its_file()
    {
        _folder.Write("broken.json", "{");
        var error = await Assert.ThrowsAsync<CairnException>(async () => await Counter(_folder["broken.json"])
            .CountAsync(Local, Messages, null, default));
        Assert.Equal("tokenizer.unreadable", error.Code);
        Assert.Contains("broken.json", error.Message);
    }

    private static System.Text.Json.JsonElement JsonSchemaOf(string json) => System.Text.Json.JsonElement.Parse(json);

    private static TokenCounter Counter(string? file = null)
        => new(new(file is null
            ? ImmutableDictionary<ModelName, string>.Empty
            : ImmutableDictionary<ModelName, string>.Empty.Add(Local, file)));
}
