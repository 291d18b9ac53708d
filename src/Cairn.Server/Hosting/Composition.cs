using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Cairn.Server;

/// <summary>The one place where the modules come together.</summary>
internal static class Composition
{
    public static void AddCairn(this IServiceCollection services, CairnHostOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IIdentifiers, Identifiers>();
        services.AddSingleton<ServerAddress>();
        services.AddSingleton<IHostLifetime, DetachedLifetime>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));

        services.AddScoped<Caller>();
        services.AddScoped(scope => scope.GetRequiredService<Caller>().Principal);
        services.AddRoutingCore();
        services.AddHttpContextAccessor();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "cairn-forms";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // The policy of every response already refuses framing.
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        services.AddDataProtection().SetApplicationName("Cairn").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(options.Workspace, ".cairn", "keys")));
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ServerJson.Default));
    }

    public static void UseCairn(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            SecurityHeaders.Set(context.Response);
            return next(context);
        });
        app.UseMiddleware<ErrorHandling>();
        app.UseMiddleware<HostAllowList>();
        app.UseRouting();
        app.UseMiddleware<Identification>();
        app.UseMiddleware<Authorisation>();
        app.UseAntiforgery();
    }

    public static void MapCairn(this WebApplication app)
    {
        app.MapHealthApi();
        var api = app.MapGroup("/api/v1");
        api.MapVersionApi();
    }
}
