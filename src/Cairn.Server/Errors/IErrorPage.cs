namespace Cairn.Server;

/// <summary>Shows a problem to a person: used instead of problem details where a browser asked for a page.</summary>
internal interface IErrorPage
{
    Task WriteAsync(HttpContext context, Problem problem);
}
