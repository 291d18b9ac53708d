namespace Cairn.Models;

/// <summary>Takes calls that have ended, to keep them as traces. Called on the hot path: it must neither wait nor throw.</summary>
public interface ICallLog
{
    void Add(CallRecord call);
}
