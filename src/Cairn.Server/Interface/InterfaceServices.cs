namespace Cairn.Server;

/// <summary>The web interface: Razor components rendered by the server, and the scripts and styles beside them.</summary>
internal static class InterfaceServices
{
    public static IServiceCollection AddCairnInterface(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton<InterfaceAssets>();
        services.AddSingleton<DoctorReport>();
        services.AddSingleton<ChangedWorkspace>();
        services.AddSingleton<IErrorPage, ErrorPages>();
        return services;
    }

    /// <summary>Maps every page, what pages post, and their assets. Wants antiforgery in the pipeline.</summary>
    public static void MapCairnInterface(this IEndpointRouteBuilder routes)
    {
        routes.MapAssets();
        routes.MapAskRoutes();
        routes.MapDocumentRoutes();
        routes.MapPeopleRoutes();
        routes.MapKeysRoutes();
        routes.MapModelsRoutes();
        routes.MapTrainingRoutes();
        routes.MapGet("/palette", (string? q) => Pages.Piece<PaletteResults>(new() { [nameof(PaletteResults.Text)] = q }))
            .ExcludeFromDescription();
        // Pages answer to POST as well; what is posted to an address of their own goes there first.
        routes.MapRazorComponents<App>().Add(page => ((RouteEndpointBuilder)page).Order = 1);
    }
}
