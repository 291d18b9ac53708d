using System.Text.Json.Serialization;
using Cairn.Apps;
using Cairn.Identity;
using Cairn.Knowledge;
using Cairn.Models;
using Cairn.Sandbox;
using Cairn.Storage;
using Cairn.Training;
using Cairn.Work;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Cairn.Server;

/// <summary>The one place where the modules come together.</summary>
internal static class Composition
{
    public static void AddCairn(this IServiceCollection services, CairnHostOptions options, WorkspaceFile workspace)
    {
        services.AddSingleton(options);
        services.AddSingleton(workspace);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdentifiers, Identifiers>();
        services.AddModules(options, workspace);
        services.AddWeb(options);
    }

    private static void AddModules(this IServiceCollection services, CairnHostOptions options, WorkspaceFile workspace)
    {
        var state = Path.Combine(options.Workspace, ".cairn");
        var secrets = SecretStore.In(state);
        var settings = new WorkspaceSettings(Path.Combine(state, "secrets"), store: secrets);
        services.AddSingleton<ISecretStore>(secrets);
        services.AddCairnStorage(WorkspaceStorage.Of(workspace, state, settings));
        services.AddCairnIdentity();
        services.AddCairnWork();
        services.AddCairnSandbox();
        services.AddCairnKnowledge(new KnowledgeOptions { State = state, WatchSources = options.WatchSources });
        services.TryAddEnumerable(options.ProviderKinds.Select(kind => new ServiceDescriptor(typeof(IProviderKind), kind)));
        services.AddCairnModels(workspace.Models, settings);
        services.AddModelCatalog(CatalogFile.Load(options.Workspace), () => CatalogFile.Shipped());
        services.AddModelBudgets(workspace.Budgets);
        services.AddModelLimits(workspace.Limits, shared: !workspace.UsesSqlite);
        services.AddModelBatches();
        services.AddCairnTraining();
        services.AddCairnApps(options.Workspace, workspace.Keep);
        services.AddCairnUpkeep(new UpkeepOptions { Jobs = workspace.Keep.Jobs });
    }

    private static void AddWeb(this IServiceCollection services, CairnHostOptions options)
    {
        services.AddSingleton<ServerAddress>();
        services.AddSingleton<StartUp>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<Cookies>();
        services.AddSingleton<SignInAttempts>();
        services.AddSingleton<SignInDesk>();
        services.AddSingleton<IDoctorCheck, MachineCheck>();
        services.AddSingleton<IDoctorCheck, ProgramsCheck>();
        services.AddSingleton<IDoctorCheck, SourcesCheck>();
        services.AddSingleton<GroupsCheck>();
        services.AddSingleton<IDoctorCheck>(p => p.GetRequiredService<GroupsCheck>());
        services.AddSingleton<IDoctorCheck, IndexCheck>();
        services.AddSingleton<TelemetryExport>();
        services.AddSingleton<IDoctorCheck>(p => p.GetRequiredService<TelemetryExport>());
        services.AddHostedService(p => p.GetRequiredService<TelemetryExport>());
        services.AddSingleton<IDoctorCheck, SizesCheck>();
        services.AddSingleton<WorkspaceWatch>();
        services.AddSingleton<IDoctorCheck>(p => p.GetRequiredService<WorkspaceWatch>());
        services.AddHostedService(p => p.GetRequiredService<WorkspaceWatch>());
        services.AddSingleton<IHostLifetime, DetachedLifetime>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));

        services.AddScoped<Caller>();
        services.AddScoped(scope => scope.GetRequiredService<Caller>().Principal);
        services.AddScoped<JobReports>();
        services.AddSingleton<LiveAnswers>();
        services.AddRoutingCore();
        services.AddAntiforgery();
        // What a route says of its body's size is the only limit of a form's files.
        services.Configure<FormOptions>(form => form.MultipartBodyLengthLimit = long.MaxValue);
        services.AddOptions<AntiforgeryOptions>().Configure<Cookies>((antiforgery, cookies) =>
        {
            antiforgery.Cookie.Name = cookies.Forms;
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // The policy of every response already refuses framing.
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        services.AddDataProtection().SetApplicationName("Cairn")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(options.Workspace, ".cairn", "keys")));
        services.AddApiDescription();
        services.AddCairnInterface();
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ServerJson.Default);
            // A field that nobody reads is a typing error, and one that is missing is not the empty text.
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
    }

    public static void UseCairn(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            SecurityHeaders.Set(context.Response);
            return next(context);
        });
        app.UseMiddleware<ErrorHandling>();
        // Believed only from this machine: a TLS proxy beside us says where its callers come from.
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor
            | ForwardedHeaders.XForwardedProto });
        app.UseMiddleware<HostAllowList>();
        app.UseRouting();
        app.UseMiddleware<Identification>();
        app.UseMiddleware<Authorisation>();
        // The middleware keeps a note on every request; only those of forms are checked.
        app.UseWhen(static context => context.GetEndpoint()?.Metadata.GetMetadata<IAntiforgeryMetadata>() is not null, static forms =>
        {
            forms.UseAntiforgery();
            forms.Use((context, next) => context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } refused
                ? ErrorHandling.WriteAsync(context, Problems.OfForm(refused.Error))
                : next(context));
        });
    }

    public static void MapCairn(this WebApplication app)
    {
        app.MapHealthApi();
        app.MapMetricsApi();
        app.MapSignInApi();
        app.MapApiDescription();
        var api = app.MapGroup("/api/v1").ExplainJsonBodies();
        api.MapVersionApi();
        api.MapPeopleApi();
        api.MapKeysApi();
        api.MapSessionApi();
        api.MapDoctorApi();
        api.MapAskApi();
        api.MapSearchApi();
        api.MapDocumentsApi();
        api.MapSourcesApi();
        api.MapJobsApi();
        api.MapConversationsApi();
        api.MapTracesApi();
        app.MapGatewayApi();
        app.MapBatchesApi();
        api.MapModelsApi();
        api.MapCostApi();
        api.MapExperimentsApi();
        api.MapTrainedModelsApi();
        app.MapCairnInterface();
    }
}
