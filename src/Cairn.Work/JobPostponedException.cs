namespace Cairn.Work;

/// <summary>
/// Thrown by a handler that cannot go on now for a reason that is nobody's mistake: the job goes back to the queue, and this was no
/// attempt.
/// </summary>
/// <param name="after">The worker is free for other jobs until then.</param>
public sealed class JobPostponedException(TimeSpan after) : Exception("The job goes on later.")
{
    public TimeSpan After => after;
}
