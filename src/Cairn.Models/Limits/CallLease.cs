namespace Cairn.Models;

/// <summary>A place in some limits.</summary>
internal sealed class CallLease(CallGate gate, LimitMeter[] meters, ProviderPace? pace, CallUsage expected, long entered) : ICallLease
{
    private bool _corrected;
    private bool _refused;
    private bool _left;

    public void Used(CallUsage usage)
    {
        lock (gate.Lock)
        {
            if (_corrected)
                return;
            _corrected = true;
            foreach (var meter in meters)
                meter.Correct(expected, usage, entered, gate.Second);
        }
    }

    public void Refused(TimeSpan? retryAfter)
    {
        lock (gate.Lock)
        {
            _refused = true;
            pace?.Refused(retryAfter, gate.Now);
        }
    }

    public void Dispose()
    {
        lock (gate.Lock)
        {
            if (_left)
                return;
            _left = true;
            foreach (var meter in meters)
                meter.Leave();
            pace?.Left(_refused);
            gate.Drain();
        }
    }
}
