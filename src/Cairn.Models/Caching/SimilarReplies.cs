using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// Gives replies to questions that mean the same, on routes that say so. The embedding is an attempt of the call itself: budgeted, limited,
/// traced. A question that could not be embedded is asked as if the route compared nothing; why is on the call's record.
/// </summary>
internal sealed class SimilarReplies(GatewayPorts ports, AttemptLoop loop)
{
    /// <returns>null where the route does not compare, the call is none to compare, or its question could not be embedded.</returns>
    public async Task<PlacedQuestion?> PlaceAsync(
        GatewayRequest request, RequestHead head, GatewayCall call, CancellationToken cancellationToken)
    {
        if (call.Route.Declaration.Similar is not { } similar || ports.Asked is null
            || LastQuestion.Find(request.Protocol, head, request.Body.Span) is not { } question)
            return null;
        var model = similar.Model.ToString();
        try
        {
            var embedding = ports.Router.Find(model) ?? throw ports.Router.Unknown(model, "PROVIDER/MODEL");
            if (await EmbedAsync(call, embedding, question.Text, cancellationToken) is not { } vector)
                return null;
            var blank = request with { Body = question.Blank(request.Body.Span) };
            // Vectors compare only within one model: a provider that was declared anew may have another one under the name.
            var place = $"{call.Route.CacheName}\n{embedding.CacheName}\n{request.Origin.Key}";
            var scope = ReplyKeys.Of(blank, place, call.Route.TagsOf(request.Origin));
            return new(scope, vector, similar.Distance);
        }
        catch (CairnException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public (CachedReply Reply, double Distance)? Find(PlacedQuestion question, IReplyCache cache)
        => ports.Asked?.Find(question.Scope, question.Vector, question.Distance, cache.Find);

    public void Keep(PlacedQuestion question, ReplyKey reply) => ports.Asked?.Keep(question.Scope, question.Vector, reply);

    private async Task<float[]?> EmbedAsync(GatewayCall call, Route route, string text, CancellationToken cancellationToken)
    {
        var embedding = new GatewayCall
        {
            Origin = call.Origin,
            Route = route,
            Needs = new(ModelAbilities.Embeddings, text.Length * 3L, 0),
            Streams = false,
            Record = call.Record,
            Began = call.Began,
            Operation = "embeddings",
        };
        await using var made = await loop.BeginAsync(embedding, (ports, text),
            static (s, attempt) => QuestionVector.MakeAsync(attempt, s.text, s.ports.Time), cancellationToken);
        return made.Take();
    }

    /// <summary>An embedding that is there.</summary>
    private sealed class QuestionVector(Attempt attempt, GeneratedEmbeddings<Embedding<float>> made) : IBegunReply
    {
        public Attempt Attempt => attempt;

        /// <exception cref="ProviderFailureException">The provider makes none, or failed.</exception>
        public static async ValueTask<QuestionVector> MakeAsync(Attempt attempt, string text, TimeProvider time)
        {
            var generator = attempt.Embeddings(time)
                ?? throw new ProviderFailureException("provider.unsupported", attempt.Target.Text, "makes no embeddings",
                    "Name a model that makes embeddings as the route's 'semantic'.");
            attempt.Sent = true;
            var made = await generator.GenerateAsync([text], null, attempt.Clock.Token);
            return made.Count == 1 ? new(attempt, made)
                : throw new ProviderFailureException("provider.malformed", attempt.Target.Text, $"gave {made.Count} vectors for one text",
                    "See what its server logs.");
        }

        public float[]? Take()
        {
            attempt.Succeeded(made.Usage is { } usage ? CallUsage.Of(usage) : null, 0);
            return AskedQuestions.Unit(made[0].Vector.Span);
        }

        public ValueTask DisposeAsync()
        {
            attempt.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
