using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Cairn.Models.Tests;

public sealed class OpenAiEmbeddingsFormatTests
{
    private readonly OpenAiEmbeddingsFormat _format = new();

    [Theory]
    [InlineData("""{"model":"m","input":"a","dimensions":2}""", false)]
    [InlineData("""{"model":"m","input":["a"],"dimensions":2,"encoding_format":"base64"}""", true)]
    public void A_request_is_one_text_or_several(string body, bool base64)
    {
        var call = _format.ReadCall(Encoding.UTF8.GetBytes(body));
        Assert.Equal(("m", "a", 2, base64), (call.Model, call.Texts.Single(), call.Dimensions, call.Base64));
    }

    [Theory]
    [InlineData("""{"model":"m","input":[1,2]}""", "unsupported parameter: 'input' holds tokens")]
    [InlineData("""{"model":"m","input":[]}""", "'input' is missing")]
    [InlineData("""{"model":"m","input":"a","encoding_format":"hex"}""", "'encoding_format' should be")]
    public void What_cannot_be_read_is_named(string body, string expected)
        => Assert.Contains(expected, Assert.ThrowsAny<CairnException>(() => _format.ReadCall(Encoding.UTF8.GetBytes(body))).Message);

    [Theory]
    [InlineData(false, "[1,2.5]")]
    [InlineData(true, "\"AACAPwAAIEA=\"")]
    public void Vectors_are_numbers_or_base_64(bool base64, string expected)
    {
        var output = new ArrayBufferWriter<byte>();
        var embeddings =
            new GeneratedEmbeddings<Embedding<float>>([new(new float[] { 1, 2.5f })]) { Usage = new() { InputTokenCount = 3 } };
        _format.WriteResponse(new() { Model = "m", Texts = ["a"], Base64 = base64 }, embeddings, "m", output);
        var answer = JsonElement.Parse(output.WrittenSpan);
        Assert.Equal(expected, answer.GetProperty("data")[0].GetProperty("embedding").GetRawText());
        Assert.Equal(3, answer.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
    }
}
