using Cairn.Apps;
using Cairn.Knowledge;
using Cairn.Models;

namespace Cairn.Server;

/// <summary>Asking an app: one JSON answer, or its making as events for whoever accepts them.</summary>
internal static class AskApi
{
    public static void MapAskApi(this IEndpointRouteBuilder api)
    {
        api.MapPost("/apps/{app}/ask", AskAsync).Produces<AskResponse>()
            .Produces<AskResponse>(StatusCodes.Status200OK, EventStream.MediaType)
            .WithTags("answers").WithSummary("Ask an app; JSON, or the events step, delta, citation, reset, done, error");
        api.MapGet("/answers/{answer}/events", FollowAsync).Produces<AskResponse>(StatusCodes.Status200OK, EventStream.MediaType)
            .WithTags("answers").WithSummary(
                "Take up an answer's lost stream behind the event that Last-Event-ID names; Cairn-Answer of the stream named the answer");
        api.MapPost("/answers/{answer}/stop", Stop).Produces(StatusCodes.Status204NoContent).WithTags("answers")
            .WithSummary("Stop an answer's making");
        api.MapGet("/apps", Apps).WithTags("answers").WithSummary("The apps that the caller may use");
        api.MapGet("/engines", EnginesAsync).WithTags("answers")
            .WithSummary("What can answer here: the floor, routes, and what was found on this machine");
    }

    private static async Task AskAsync(
        string app, AskBody body, Principal caller, IAnswers answers, LiveAnswers live, ISources sources, TimeProvider time,
        HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        if (body.Source is not null)
            await SourceNames.RequireAsync(body.Source, caller, sources, cancellationToken);
        var request = new AskRequest
        {
            App = app,
            Question = body.Question,
            Conversation = body.Conversation,
            Model = body.Model,
            Save = body.Save,
            Source = body.Source,
        };
        if (EventStream.IsWanted(context.Request))
        {
            var (answer, follower) = await live.StartAsync(caller, request, cancellationToken);
            using (follower)
                await AnswerStream.SendAsync(context, answer, 0, time);
            return;
        }
        AnswerDone? done = null;
        await foreach (var answerEvent in answers.AskAsync(caller, request, cancellationToken))
            done = answerEvent as AnswerDone ?? done;
        await context.Response.WriteAsJsonAsync(AskResponse.Of(done!), ServerJson.Default.AskResponse,
            cancellationToken: cancellationToken);
    }

    private static async Task FollowAsync(string answer, Principal caller, LiveAnswers live, TimeProvider time, HttpContext context)
    {
        var found = live.Get(caller, answer);
        using (found.Attach())
            await AnswerStream.SendAsync(context, found, AnswerStream.LastEvent(context.Request), time);
    }

    private static IResult Stop(string answer, Principal caller, LiveAnswers live)
    {
        live.Get(caller, answer).Stop();
        return Results.NoContent();
    }

    private static AppsResponse Apps(Principal caller, IApps apps) => new(apps.List(caller));

    private static async Task<EnginesResponse> EnginesAsync(
        Principal caller, IRoutes routes, IProviderDetection detection, IAccess access, CancellationToken cancellationToken)
    {
        var operates = access.May(caller, Right.Operate);
        return new EnginesResponse
        {
            Routes = [.. routes.List().Select(r => operates ? r : r with { Models = [.. r.Models.Select(m => m with { Detail = null })] })],
            Missing = operates ? routes.MissingProviders() : [],
            Found = operates ? await detection.FindAsync(cancellationToken) : [],
        };
    }
}
