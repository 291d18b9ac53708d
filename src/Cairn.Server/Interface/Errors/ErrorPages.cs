namespace Cairn.Server;

/// <summary>Shows problems in the frame of the interface, with their status.</summary>
internal sealed class ErrorPages : IErrorPage
{
    public Task WriteAsync(HttpContext context, Problem problem)
        => Pages.Whole<ErrorPage>(new() { [nameof(ErrorPage.Problem)] = problem }, problem.Status).ExecuteAsync(context);
}
