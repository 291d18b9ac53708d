using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Cairn.Models;

/// <summary>A call of an <see cref="IChatClient"/> whose reply has begun. Its spans hang below the caller's own.</summary>
internal sealed class ChatInside(Gateway gateway, GatewayCall call, ChatReply reply, ICallLease? place) : IAsyncDisposable
{
    private bool _ended;

    public async IAsyncEnumerable<ChatResponseUpdate> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var updates = reply.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await updates.MoveNextAsync())
                    break;
            }
            catch (Exception e)
            {
                End(e);
                throw;
            }
            yield return updates.Current;
        }
        End(null);
    }

    public async ValueTask DisposeAsync()
    {
        await reply.DisposeAsync();
        End(_ended ? null : new OperationCanceledException());
        Gateway.Leave(place, call.Record);
    }

    private void End(Exception? error)
    {
        if (_ended)
            return;
        _ended = true;
        gateway.End(call.Record, call.Began, error);
    }
}
