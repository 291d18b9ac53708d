using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>The workspace's apps as models: <c>app/NAME</c>.</summary>
public interface IAppModels
{
    public const string Prefix = "app/";

    /// <summary>The app as the caller may use it: with their rights, its floor, and its citations in the text.</summary>
    /// <exception cref="CairnException">No such app, or none that the caller may use (<c>app.unknown</c>).</exception>
    IChatClient Open(CallOrigin origin, string app);
}
