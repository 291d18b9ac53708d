using System.Globalization;

namespace Cairn.Server;

/// <summary>
/// Tells an answer as it is made. A question that can't be asked is refused with a status, before the stream begins; what fails later is an
/// <c>error</c> event. The header <see cref="Header"/> names the answer, so that a lost stream can be taken up again and stopped.
/// </summary>
internal static class AnswerStream
{
    public const string Header = "Cairn-Answer";

    public static async Task SendAsync(HttpContext context, LiveAnswer answer, int after, TimeProvider time)
    {
        context.Response.Headers[Header] = answer.Id;
        await using var stream = await EventStream.OpenAsync(context, time, after);
        await foreach (var made in answer.FollowAsync(after, context.RequestAborted))
            await stream.SendAsync(made.Name, made.Data, context.RequestAborted);
    }

    /// <returns>The number of the last event that the caller has; 0 when they have none.</returns>
    /// <exception cref="CairnException">The header holds no number of an event.</exception>
    public static int LastEvent(HttpRequest request)
    {
        var last = request.Headers["Last-Event-ID"].ToString();
        if (last.Length == 0)
            return 0;
        return int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new CairnException(ErrorKind.Input, "stream.event-id",
                $"The header Last-Event-ID is \"{last}\", which is no event's number.",
                "Send the id of the last event that arrived, or leave the header out.");
    }
}
