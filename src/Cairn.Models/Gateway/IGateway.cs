namespace Cairn.Models;

/// <summary>Calls models for callers who speak one of the protocols: the way in over HTTP.</summary>
public interface IGateway
{
    /// <summary>
    /// Sends the reply into <paramref name="sink"/>. What throws before <see cref="IReplySink.Begin"/> leaves nothing written.
    /// </summary>
    /// <exception cref="CairnException">The body is wrong, the model unknown, a limit or budget refuses, or no provider answered. After the
    /// beginning: the reply broke off.</exception>
    Task<CallRecord> SendAsync(GatewayRequest request, IReplySink sink, CancellationToken cancellationToken);
}
