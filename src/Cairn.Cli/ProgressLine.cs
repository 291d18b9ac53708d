using System.Text.Json;

namespace Cairn.Cli;

/// <summary>One line that is written over itself: done, total, rate, time left. Silent where nobody watches.</summary>
internal sealed class ProgressLine(TextWriter error, bool shown, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private int _width;

    public void Show(JsonElement progress)
    {
        if (!shown)
            return;
        var done = progress.GetProperty("done").GetInt64();
        var total = progress.TryGetProperty("total", out var t) && t.ValueKind == JsonValueKind.Number ? t.GetInt64() : (long?)null;
        var seconds = time.GetElapsedTime(_started).TotalSeconds;
        var rate = seconds > 0.2 ? done / seconds : 0;
        var left = total is { } n && rate > 0 ? $", about {TimeSpan.FromSeconds((n - done) / rate):m\\:ss} left" : "";
        var line = $"{done}{(total is null ? "" : $" of {total}")} documents{(rate > 0 ? $", {rate:0} per second" : "")}{left}";
        error.Write("\r" + line.PadRight(_width));
        _width = line.Length;
    }

    public void Clear()
    {
        if (_width > 0)
            error.Write("\r" + new string(' ', _width) + "\r");
        _width = 0;
    }
}
