namespace Cairn.Models;

/// <summary>
/// A reply whose beginning is there, so that no other model is asked any more. Disposing closes the connection to the provider.
/// </summary>
internal interface IBegunReply : IAsyncDisposable
{
    Attempt Attempt { get; }
}
