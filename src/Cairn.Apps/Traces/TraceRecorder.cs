using System.Collections.Concurrent;
using System.Diagnostics;

namespace Cairn.Apps;

/// <summary>
/// Listens to <see cref="CairnTracing.Source"/> and collects the spans of the questions that it began; others cost nothing.
/// </summary>
internal sealed class TraceRecorder : IDisposable
{
    private readonly ConcurrentDictionary<ActivityTraceId, TraceRecording> _recordings = new();
    private readonly ActivityListener _listener;

    public TraceRecorder()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == CairnTracing.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.Name == Steps.Ask
                || _recordings.ContainsKey(options.TraceId)
                ? ActivitySamplingResult.AllData
                : ActivitySamplingResult.None,
            ActivityStopped = activity =>
            {
                if (_recordings.TryGetValue(activity.TraceId, out var recording))
                    recording.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Begins a trace of its own, also inside a request that has one: two questions never share an identifier.</summary>
    public TraceRecording Begin(string app, string? user)
    {
        Activity.Current = null;
        var root = CairnTracing.Source.StartActivity(Steps.Ask, ActivityKind.Internal)!;
        var recording = new TraceRecording(root, app, user, r => _recordings.TryRemove(r.Root.TraceId, out _));
        _recordings[root.TraceId] = recording;
        return recording;
    }

    /// <summary>An error as a trace keeps it: its code or type. Messages may hold texts of documents.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        CairnException e => e.Code,
        OperationCanceledException => "cancelled",
        _ => exception.GetType().Name,
    };

    public void Dispose() => _listener.Dispose();
}
