using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Cairn.Models;

namespace Cairn.Apps;

/// <summary>The spans of one question while it is answered.</summary>
internal sealed class TraceRecording(Activity root, string app, string? user, Action<TraceRecording> forget) : IDisposable
{
    private const int MostSpans = 500;

    private readonly Lock _lock = new();
    private readonly List<Span> _spans = [];

    public Activity Root { get; } = root;

    public string Id => Root.TraceId.ToHexString();

    public void Add(Activity activity)
    {
        lock (_lock)
        {
            if (_spans.Count < MostSpans || activity == Root)
                _spans.Add(ToSpan(activity));
        }
    }

    public Trace End(Answer answer)
    {
        Root.SetTag("status", answer.Status.ToString()).SetTag("engine", answer.Engine)
            .SetTag("degraded", answer.Degraded is null ? null : true);
        return Finish();
    }

    public Trace Fail(Exception exception)
    {
        Root.SetStatus(ActivityStatusCode.Error, TraceRecorder.Describe(exception));
        return Finish();
    }

    public void Dispose()
    {
        Root.Dispose();
        forget(this);
    }

    private Trace Finish()
    {
        Root.Stop();
        lock (_lock)
            return new Trace(Id, app, user, new DateTimeOffset(Root.StartTimeUtc), Trace.InOrder(_spans));
    }

    private Span ToSpan(Activity activity) => new()
    {
        Id = activity.SpanId.ToHexString(),
        Parent = activity == Root ? null : activity.ParentSpanId.ToHexString(),
        Name = activity.OperationName,
        Start = Math.Round((activity.StartTimeUtc - Root.StartTimeUtc).TotalMilliseconds, 3),
        Milliseconds = Math.Round(activity.Duration.TotalMilliseconds, 3),
        Error = activity.Status == ActivityStatusCode.Error ? activity.StatusDescription ?? "error" : null,
        Attributes = activity.TagObjects.Where(t => t.Value is not null)
            .ToImmutableDictionary(t => t.Key, t => Shown(t.Value!), StringComparer.Ordinal),
    };

    /// <summary>Scores to four decimals: more say nothing to a person.</summary>
    private static string Shown(object value)
        => value is bool truth
            ? CallSpans.Text(truth)
            : Convert.ToString(value is double or float ? Math.Round(Convert.ToDouble(value, CultureInfo.InvariantCulture), 4) : value,
                CultureInfo.InvariantCulture) ?? "";
}
