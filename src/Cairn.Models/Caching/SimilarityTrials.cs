using System.Buffers;
using System.Diagnostics;
using System.Text.Json;

namespace Cairn.Models;

internal sealed class SimilarityTrials(IGateway gateway) : ISimilarityTrials
{
    private const int MostDistances = 50;
    private const int TextsInCall = 64;

    public async Task<IReadOnlyList<SimilarityTrial>> RunAsync(
        CallOrigin origin, string model, IReadOnlyList<LabelledQuestion> questions, IReadOnlyList<double> distances,
        CancellationToken cancellationToken)
    {
        if (questions.Count is < 2 or > ISimilarityTrials.MostQuestions
            || questions.Any(q => string.IsNullOrWhiteSpace(q.Text) || q.Answer is null))
            throw new CairnException(ErrorKind.Input, "trial.invalid",
                $"A trial wants 2 to {ISimilarityTrials.MostQuestions} questions, each with a text and what stands for its answer.",
                "Write one question a line.");
        if (distances.Count is < 1 or > MostDistances || distances.Any(d => !(d is >= 0 and <= 1)))
            throw new CairnException(ErrorKind.Input, "trial.invalid", $"A trial wants 1 to {MostDistances} distances from 0 to 1.",
                "For example 0.02, 0.05, 0.1.");
        var placed = new List<(float[] Vector, string Answer)>(questions.Count);
        foreach (var chunk in questions.Chunk(TextsInCall))
        {
            var vectors = await EmbedAsync(origin, model, chunk, cancellationToken);
            placed.AddRange(chunk.Zip(vectors, (question, vector) => (vector, question.Answer)));
        }
        return await Task.Run(() => SimilarityTrial.Run(placed, distances), cancellationToken);
    }

    private async Task<float[][]> EmbedAsync(
        CallOrigin origin, string model, LabelledQuestion[] questions, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>();
        WireJson.Write(body, json =>
        {
            json.WriteString("model", model);
            json.WriteStartArray("input");
            foreach (var question in questions)
                json.WriteStringValue(question.Text);
            json.WriteEndArray();
        });
        using var reply = new BatchReply();
        await gateway.SendAsync(
            new GatewayRequest
            {
                Origin = origin,
                Protocol = WireProtocol.OpenAiEmbeddings,
                Body = body.WrittenMemory,
                Trace = ActivityTraceId.CreateRandom(),
            }, reply, cancellationToken);
        using var made = JsonDocument.Parse(await reply.ReadAsync(cancellationToken));
        var vectors = made.RootElement.Items("data").OrderBy(d => d.Count("index"))
            .Select(d => d.Items("embedding").Select(n => n.GetSingle()).ToArray()).ToArray();
        return vectors.Length == questions.Length && vectors.All(v => v.Length == vectors[0].Length && v.Length > 0)
            ? vectors
            : throw new ProviderFailureException("provider.malformed", model,
                $"gave {vectors.Length} vectors for {questions.Length} texts, or of several lengths", "See what its server logs.");
    }
}
