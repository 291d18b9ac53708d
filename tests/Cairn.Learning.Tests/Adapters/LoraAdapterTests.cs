using System.Text;
using System.Text.Json;

namespace Cairn.Learning.Tests;

public sealed class LoraAdapterTests
{
    private static readonly NdArray<int> Ids = NdArray.FromRows(new[,] { { 3, 1, 4, 1, 5, 9, 2, 6 } });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_adapter_learns_while_the_model_stays_as_it_is(bool llama)
    {
        var model = Model(llama);
        var before = model.Forward(Ids).Value;
        var adapter = new LoraAdapter(model, new() { Rank = 4 }, new Seeded(5));
        using (adapter.Use())
            Assert.Equal(before.ToArray(), model.Forward(Ids).Value.ToArray());
        var (first, last) = (Loss(model, adapter), Train(model, adapter, 40));
        Assert.InRange(last, 0, first - 0.5f);
        Assert.Equal(before.ToArray(), model.Forward(Ids).Value.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Merged_it_computes_the_same_without_being_asked(bool llama)
    {
        var model = Model(llama);
        var adapter = Drawn(model, 6);
        var adapted = Scores(model, adapter);
        adapter.Merge();
        Assert.InRange(NdMath.Abs(model.Forward(Ids).Value - adapted).Max(), 0, 1e-4);
        Assert.Contains("count twice", Assert.Throws<InvalidOperationException>(() => adapter.Use()).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(adapter.Merge);
    }

    [Fact]
    public void Adapters_serve_over_one_model_a_request_at_a_time_and_several_at_once()
    {
        var model = Model(llama: true);
        var (first, second) = (Drawn(model, 7), Drawn(model, 8));
        int[] prompt = [1, 2, 3];
        var (alone, other, plain) = (Write(first), Write(second), Write(null));
        Assert.NotEqual(alone, other);
        Assert.NotEqual(alone, plain);
        // Drawn in turn: each step uses its own adapter.
        using (var a = Tokens(first).GetEnumerator())
        using (var b = Tokens(second).GetEnumerator())
        using (var c = Tokens(null).GetEnumerator())
        {
            for (var i = 0; i < alone.Length; i++)
                Assert.True(a.MoveNext() && b.MoveNext() && c.MoveNext() && a.Current == alone[i] && b.Current == other[i]
                    && c.Current == plain[i]);
        }
        var results = new int[12][];
        Parallel.For(0, results.Length, i => results[i] = Write(i % 3 == 0 ? first : i % 3 == 1 ? second : null));
        for (var i = 0; i < results.Length; i++)
            Assert.Equal(i % 3 == 0 ? alone : i % 3 == 1 ? other : plain, results[i]);

        int[] Write(LoraAdapter? adapter) => [.. Tokens(adapter)];

        IEnumerable<int> Tokens(LoraAdapter? adapter)
            => TextGenerator.Generate(model, prompt, 8, new Seeded(1), new() { Temperature = 0 }, adapter: adapter);
    }

    [Theory]
    [InlineData(false, "base_model.model.transformer.h.0.attn.c_attn.lora_B.weight", "(96, 3)")]
    [InlineData(true, "base_model.model.model.layers.1.self_attn.v_proj.lora_A.weight", "(3, 32)")]
    public void Files_are_laid_out_as_peft_lays_them_out_and_come_back(bool llama, string name, string shape)
    {
        var model = Model(llama);
        var adapter = Drawn(model, 9);
        var (config, weights) = Saved(adapter);
        var stored = SafeTensors.Read(new MemoryStream(weights));
        Assert.Equal(shape, stored[name].Shape.ToString());
        Assert.Equal(llama ? 8 : 4, stored.Count);
        using var json = JsonDocument.Parse(config);
        Assert.Equal("LORA", json.RootElement.GetProperty("peft_type").GetString());
        Assert.Equal(3, json.RootElement.GetProperty("r").GetInt32());
        Assert.Equal(!llama, json.RootElement.GetProperty("fan_in_fan_out").GetBoolean());
        Assert.Equal(llama ? ["q_proj", "v_proj"] : ["c_attn"],
            json.RootElement.GetProperty("target_modules").EnumerateArray().Select(t => t.GetString()!));
        var read = LoraAdapter.Load(model, new MemoryStream(config), new MemoryStream(weights));
        Assert.Equal(Scores(model, adapter).ToArray(), Scores(model, read).ToArray());
    }

    [Fact]
    public void An_adapter_works_and_learns_over_a_model_of_int8()
    {
        var model = Model(llama: true);
        model.UseInt8();
        var adapter = new LoraAdapter(model, new() { Rank = 4 }, new Seeded(5));
        var first = Loss(model, adapter);
        Assert.InRange(Train(model, adapter, 40), 0, first - 0.5f);
        Assert.Contains("int8", Assert.Throws<InvalidOperationException>(adapter.Merge).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"peft_type":"IA3"}""", "only LORA is read")]
    [InlineData("""{"peft_type":"LORA","r":3,"lora_alpha":6,"target_modules":["q_proj"],"use_dora":true}""", "use_dora")]
    [InlineData("""{"peft_type":"LORA","r":3,"lora_alpha":6,"target_modules":["q_proj"],"rank_pattern":{"a":4}}""",
        "the same for all layers")]
    [InlineData("""{"peft_type":"LORA","r":3,"lora_alpha":6,"target_modules":["c_attn"]}""",
        "is of another model. No layer of the model is named c_attn; there are q_proj")]
    [InlineData("""{"peft_type":"LORA","r":9999,"lora_alpha":6,"target_modules":["q_proj"]}""", "r: 9999; 1 to 4096")]
    [InlineData("""{"peft_type":"LORA","r":3,"lora_alpha":6,"target_modules":["q_proj","k_proj","v_proj"]}""",
        "lacks the tensor 'base_model.model.model.layers.0.self_attn.k_proj.lora_A.weight'")]
    [InlineData("""{"peft_type":"LORA","r":3,"lora_alpha":6,"target_modules":["q_proj"]}""", "has no place in the model")]
    [InlineData("""{"peft_type":"LORA","r":4,"lora_alpha":6,"target_modules":["q_proj","v_proj"]}""", "has with shape (3, 32)")]
    public void An_adapter_that_does_not_fit_is_refused_and_named(string config, string reason)
    {
        var model = Model(llama: true);
        var (_, weights) = Saved(Drawn(model, 9));
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(
            () => LoraAdapter.Load(model, new MemoryStream(Encoding.UTF8.GetBytes(config)), new MemoryStream(weights))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_like_no_published_one_has_no_adapters()
        => Assert.Contains("no published layout", Assert.Throws<NotSupportedException>(
            () => new LoraAdapter(new Gpt(new() { Vocabulary = 20, Width = 8, Heads = 2, Rotary = true }, new Seeded(1)), new(),
                new Seeded(1))).Message, StringComparison.Ordinal);

    private static Gpt Model(bool llama) => new(
        llama
            ? new()
            {
                Vocabulary = 40,
                Context = 16,
                Width = 32,
                Layers = 2,
                Heads = 4,
                KeyHeads = 2,
                Rotary = true,
                RmsNorm = true,
                FeedForward = FeedForwardKind.GatedSilu,
                Bias = false,
            }
            : new() { Vocabulary = 40, Context = 16, Width = 32, Layers = 2, Heads = 4 },
        new Seeded(1));

    /// <summary>An adapter of random numbers, large enough to matter.</summary>
    private static LoraAdapter Drawn(Gpt model, int seed)
    {
        var random = new Seeded(seed);
        var adapter = new LoraAdapter(model, new() { Rank = 3, Alpha = 6 }, random);
        foreach (var (name, parameter) in adapter.NamedParameters().Where(p => p.Key.EndsWith("lora_B.weight", StringComparison.Ordinal)))
            random.Normal<float>(parameter.Shape.Lengths).CopyTo(parameter.Data);
        return adapter;
    }

    private static NdArray<float> Scores(Gpt model, LoraAdapter adapter)
    {
        using var use = adapter.Use();
        return model.Forward(Ids).Value;
    }

    private static float Loss(Gpt model, LoraAdapter adapter)
    {
        using var use = adapter.Use();
        return model.Loss(Ids[.., ..7], Ids[.., 1..]).Scalar();
    }

    private static float Train(Gpt model, LoraAdapter adapter, int steps)
    {
        var optimiser = new Adam(adapter.Parameters(), 0.03f);
        for (var step = 0; step < steps; step++)
        {
            using var use = adapter.Use();
            var loss = model.Loss(Ids[.., ..7], Ids[.., 1..]);
            optimiser.ZeroGradients();
            loss.Backward();
            optimiser.Step();
        }
        return Loss(model, adapter);
    }

    private static (byte[] Config, byte[] Weights) Saved(LoraAdapter adapter)
    {
        using var config = new MemoryStream();
        using var weights = new MemoryStream();
        adapter.Save(config, weights);
        return (config.ToArray(), weights.ToArray());
    }
}
