using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Knowledge;

public static class GroundingServices
{
    /// <summary>Registers the engine that answers without a model: the <see cref="IAnswerEngine"/> named <c>extractive</c>.</summary>
    public static IServiceCollection AddCairnGrounding(this IServiceCollection services)
        => services.AddSingleton<IAnswerEngine>(new ExtractiveAnswerEngine(ShippedGroundingModel.Value));
}
