using System.Collections.Concurrent;
using Cairn.Apps;
using Cairn.Identity;
using Cairn.Knowledge;
using Cairn.Models;
using Cairn.Server;
using Cairn.Training;
using Cairn.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cairn.EndToEnd.Tests;

/// <summary>
/// The interface on a real Kestrel with the server's own middleware, over knowledge and answers that are made up. Who calls is said by
/// the cookie <c>as</c>.
/// </summary>
internal sealed class PageHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private readonly ConcurrentBag<HttpContext> _asked;

    private PageHost(WebApplication app, FakeKnowledge knowledge, FakeApps apps, ConcurrentBag<HttpContext> asked)
        => (_app, Knowledge, Apps, _asked) = (app, knowledge, apps, asked);

    public FakeKnowledge Knowledge { get; }

    public FakeApps Apps { get; }

    public string Address
        => _app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses
            .First();

    public static async Task<PageHost> StartAsync(bool empty = false, bool model = false)
    {
        var knowledge = new FakeKnowledge { Empty = empty };
        var apps = new FakeApps { HasModel = model };
        var people = new FakePeople();
        var models = new FakeModels(empty);
        var training = new FakeTraining(empty);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var services = builder.Services;
        services.AddSingleton(new CairnHostOptions
        {
            Workspace = Path.GetTempPath(),
            Socket = Path.Combine(Path.GetTempPath(), "unused.sock"),
        });
        services.AddSingleton<TimeProvider>(new FixedTime(HarbourPapers.Now));
        services.AddScoped<Caller>();
        services.AddScoped(scope => scope.GetRequiredService<Caller>().Principal);
        services.AddAntiforgery(antiforgery => antiforgery.SuppressXFrameOptionsHeader = true);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ServerJson.Default));
        services.AddCairnInterface();
        services.AddSingleton<IDocuments>(knowledge);
        services.AddSingleton<ISources>(knowledge);
        services.AddSingleton<IIngestion>(knowledge);
        services.AddSingleton<IRetriever>(knowledge);
        services.AddSingleton<IJobs>(knowledge);
        services.AddScoped<JobReports>();
        services.AddSingleton<IIdentifiers, Identifiers>();
        services.AddSingleton<LiveAnswers>();
        services.AddSingleton<IAnswers>(apps);
        services.AddSingleton<IConversations>(apps);
        services.AddSingleton<ITraces>(apps);
        services.AddSingleton<IRoutes>(apps);
        services.AddSingleton<IModelInventory>(models);
        services.AddSingleton<ISpending>(models);
        services.AddSingleton<ISecretStore>(models);
        services.AddSingleton<IProviderDetection>(models);
        services.AddSingleton<IModelTrials>(models);
        services.AddSingleton<IRecipes>(new FakeRecipes(empty));
        services.AddSingleton<IExperiments>(training);
        services.AddSingleton<IModelRegistry>(training);
        services.AddSingleton<IPredictions>(training);
        services.AddSingleton<IPeople>(people);
        services.AddSingleton<ISubjects>(people);
        services.AddSingleton<IKeys>(new FakeKeys(empty));
        services.AddSingleton<IDoctorCheck>(new FakeCheck(empty));
        services.AddSingleton<ISignInLinks>(people);
        services.AddSingleton<IAccess>(people);
        var app = builder.Build();
        var asked = new ConcurrentBag<HttpContext>();
        app.Use((context, next) =>
        {
            if (context.Request.Path.Value!.EndsWith("/ask", StringComparison.Ordinal))
                asked.Add(context);
            SecurityHeaders.Set(context.Response);
            return next(context);
        });
        app.UseMiddleware<ErrorHandling>();
        app.UseRouting();
        app.Use(async (context, next) =>
        {
            if (context.Request.Cookies["as"] is { } name)
                context.RequestServices.GetRequiredService<Caller>().Principal = (await people.ResolveAsync(Tenants.Default, name,
                    context.RequestAborted))!;
            await next(context);
        });
        app.UseMiddleware<Authorisation>();
        app.UseAntiforgery();
        app.MapCairnInterface();
        var api = app.MapGroup("/api/v1");
        api.MapAskApi();
        api.MapDocumentsApi();
        api.MapSourcesApi();
        api.MapJobsApi();
        api.MapExperimentsApi();
        app.MapGet("/sign-in/{token}",
            string (string token) => throw new CairnException(ErrorKind.NotPermitted, "link.expired", "This sign-in link has expired.",
                "Ask the workspace's owner for a new one.")).AllowAnonymous();
        app.MapGet("/broken", string () => throw new InvalidOperationException("on purpose"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new PageHost(app, knowledge, apps, asked);
    }

    /// <summary>Resets the connections over which questions were asked.</summary>
    public void CutAnswers()
    {
        foreach (var context in _asked)
            context.Abort();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}
