using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>
/// A route to call like one model. <see cref="Client"/> tries its models in order and falls over before the first text; the
/// <see cref="ChatResponseUpdate.ModelId"/> of what it yields is the <c>provider/model</c> that answers.
/// </summary>
public sealed record ModelRoute(string Name, IChatClient Client);
