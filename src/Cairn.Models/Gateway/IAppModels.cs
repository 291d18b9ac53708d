using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>The workspace's apps as models: <c>app/NAME</c>.</summary>
public interface IAppModels
{
    public const string Prefix = "app/";

    /// <summary>
    /// In the additional properties of a reply, or of a stream's first update: the model that wrote the answer, or <c>floor</c>.
    /// </summary>
    public const string Writer = "cairn.writer";

    /// <summary>Beside <see cref="Writer"/>: why the floor wrote it, where a model should have.</summary>
    public const string Degraded = "cairn.degraded";

    /// <summary>The app as the caller may use it: with their rights, its floor, and its citations in the text.</summary>
    /// <exception cref="CairnException">No such app, or none that the caller may use (<c>app.unknown</c>).</exception>
    IChatClient Open(CallOrigin origin, string app);
}
