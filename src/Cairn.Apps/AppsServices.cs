using Cairn.Knowledge;
using Cairn.Models;
using Cairn.Storage;
using Cairn.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cairn.Apps;

public static class AppsServices
{
    /// <summary>
    /// Adds <see cref="IApps"/>, <see cref="IAnswers"/>, <see cref="IConversations"/> and <see cref="ITraces"/>. They stand on what the
    /// other modules add: storage, identity, models, and knowledge's retriever, documents and extractive engine.
    /// </summary>
    /// <param name="workspace">Absolute path of the workspace.</param>
    /// <param name="keep">How long traces are kept; null: as long as usual.</param>
    public static IServiceCollection AddCairnApps(this IServiceCollection services, string workspace, KeepDeclaration? keep = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdentifiers, Identifiers>();
        return services
            .AddSingleton<IMigrations, AppsMigrations>()
            .AddSingleton(_ => new AppFolders(workspace))
            .AddSingleton<IApps>(p => p.GetRequiredService<AppFolders>())
            .AddSingleton<IRecipes>(_ => new RecipeFolder(workspace))
            .AddSingleton<ICitedDocuments, CitedDocuments>()
            .AddSingleton<ConversationStore>()
            .AddSingleton<AnswerLog>()
            .AddSingleton(keep ?? KeepDeclaration.Usual)
            .AddSingleton<IUpkeepTask, OldTraces>()
            .AddSingleton<TraceRecorder>()
            .AddSingleton<AnswerPorts>()
            .AddSingleton<IAnswers, Answers>()
            .AddSingleton<CallTraces>()
            .AddSingleton<ICallLog>(p => p.GetRequiredService<CallTraces>())
            .AddHostedService(p => p.GetRequiredService<CallTraces>())
            .AddSingleton<IAppModels, AppModels>()
            .AddSingleton<IConversations, Conversations>()
            .AddSingleton<ITraces, Traces>()
            .AddSingleton<IDoctorCheck, AppsCheck>();
    }
}
