namespace Cairn.Server;

/// <summary>Shows problems in the frame of the interface, with their status.</summary>
internal sealed class ErrorPages(IServiceScopeFactory scopes) : IErrorPage
{
    /// <summary>In a scope of its own: the one of the page that failed holds a renderer that began already.</summary>
    public async Task WriteAsync(HttpContext context, Problem problem)
    {
        var failed = context.RequestServices;
        await using var scope = scopes.CreateAsyncScope();
        var (caller, before) = (scope.ServiceProvider.GetRequiredService<Caller>(), failed.GetRequiredService<Caller>());
        (caller.Principal, caller.Kind) = (before.Principal, before.Kind);
        context.RequestServices = scope.ServiceProvider;
        try
        {
            await Pages.Whole<ErrorPage>(new() { [nameof(ErrorPage.Problem)] = problem }, problem.Status).ExecuteAsync(context);
        }
        finally
        {
            context.RequestServices = failed;
        }
    }
}
