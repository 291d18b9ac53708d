using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Cairn.Models;

/// <summary>
/// One attempt at a provider over HTTP, held to its time limits. Every failure is a <see cref="ProviderFailureException"/>, but that of a
/// caller who
/// took too long over the answer (<c>caller.slow</c>); a caller's own cancellation passes through.
/// </summary>
internal sealed class ProviderCall : IDisposable
{
    private const int LongestError = 64 * 1024;
    private const int LongestBody = 64 << 20;

    private readonly ProviderConnection _connection;
    private readonly Uri _address;
    private readonly AttemptClock _clock;
    private readonly CancellationToken _caller;
    private bool _began;

    public ProviderCall(ProviderConnection connection, Uri address, string model, CancellationToken caller)
    {
        (_connection, _address, _caller) = (connection, address, caller);
        _clock = new AttemptClock(connection.Limits, streams: true, connection.Time, caller);
        Failures = new ProviderFailures(connection, address, model);
    }

    public ProviderFailures Failures { get; }

    public CancellationToken Token => _clock.Token;

    /// <summary>Call when something of the answer has come, though it be only thought.</summary>
    public void Progress()
    {
        _began = true;
        _clock.Progress();
    }

    /// <summary>Returns when the headers of a success are there.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => GuardAsync(async () =>
    {
        foreach (var (name, value) in _connection.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var response = await _connection.Http(_address).SendAsync(request, Token);
        if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType is not "text/html")
        {
            AnswerHeaders.Came(response.Headers);
            return response;
        }
        using (response)
        {
            var body = await ReadAsync(response, LongestError);
            throw response.IsSuccessStatusCode ? Failures.Html() : Failures.ForResponse(response, Encoding.UTF8.GetString(body.Span));
        }
    });

    /// <exception cref="ProviderFailureException">The body is longer than 64 MB, or a web page.</exception>
    public Task<ReadOnlyMemory<byte>> ReadWholeAsync(HttpResponseMessage response) => GuardAsync(async () =>
    {
        var body = await ReadAsync(response, LongestBody + 1);
        if (body.Length > LongestBody)
            throw new InvalidDataException("the answer is longer than 64 MB");
        return body.Span.TrimStart(" \r\n\t"u8).StartsWith("<"u8) ? throw Failures.Html() : body;
    });

    /// <summary>The data of each server-sent event, until the stream ends.</summary>
    public async IAsyncEnumerable<string> EventsAsync(
        HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var stream = await GuardAsync(() => response.Content.ReadAsStreamAsync(Token));
        await foreach (var data in EachAsync(ServerSentEvents.ReadAsync(stream, Token), cancellationToken))
            yield return ProviderFailures.LooksLikeHtml(data) ? throw Failures.Html() : data;
    }

    /// <summary>What comes of the answer, one by one. The provider's time stands while the caller takes theirs for each.</summary>
    public async IAsyncEnumerable<T> EachAsync<T>(
        IAsyncEnumerable<T> answer, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var each = answer.GetAsyncEnumerator(cancellationToken);
        while (await GuardAsync(async () => await each.MoveNextAsync()))
        {
            _clock.Pause();
            yield return each.Current;
            _clock.Resume();
        }
    }

    /// <summary>The failure that an end without the protocol's own end means.</summary>
    public CairnException Ended()
    {
        // A cancelled read may also look like an end.
        _caller.ThrowIfCancellationRequested();
        return OutOfTime(null) is { } late ? late : _began ? Failures.Closed() : Failures.Empty();
    }

    /// <summary>Runs one step of the call and says, when it throws, what that means.</summary>
    public async Task<T> GuardAsync<T>(Func<Task<T>> step)
    {
        try
        {
            return await step();
        }
        catch (Exception e) when (e is not CairnException && !_caller.IsCancellationRequested)
        {
            if (OutOfTime(e) is { } late)
                throw late;
            if (Failures.For(e, _began) is { } failure)
                throw failure;
            throw;
        }
    }

    public T Guard<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (Exception e) when (e is not CairnException && Failures.For(e, _began) is { } failure)
        {
            throw failure;
        }
    }

    /// <returns>null when no limit of time ended the call.</returns>
    private CairnException? OutOfTime(Exception? inner)
        => _clock.Reason is not { } reason ? null
            : _clock.CallerWasSlow ? CallerFailures.Slow(Failures.Who, reason, inner)
            : Failures.TimedOut(reason);

    public void Dispose() => _clock.Dispose();

    public static ByteArrayContent Json(byte[] body)
        => new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, int limit)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(Token);
        var (buffer, length) = (new byte[16 * 1024], 0);
        for (int read; length < limit && (read = await stream.ReadAsync(buffer.AsMemory(length), Token)) > 0;)
        {
            length += read;
            if (length == buffer.Length)
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, limit));
        }
        return buffer.AsMemory(0, length);
    }
}
