namespace Cairn.Models;

/// <summary>Requests, tokens and concurrent calls per key, user, app and provider; waits in a bounded, fair queue.</summary>
public interface ICallLimits
{
    /// <summary>Enters on the caller's side, once per call.</summary>
    /// <exception cref="LimitException">The queue is full or its deadline passed (<c>limit.caller</c>).</exception>
    ValueTask<ICallLease> EnterAsync(CallOrigin origin, CallUsage expected, CancellationToken cancellationToken);

    /// <summary>Enters on the provider's side, once per attempt; who waits there waits in turn with other callers.</summary>
    /// <exception cref="LimitException"><c>limit.provider</c>.</exception>
    ValueTask<ICallLease> EnterAsync(ModelName model, CallOrigin origin, CallUsage expected, CancellationToken cancellationToken);
}
