namespace Cairn.Work;

/// <summary>Does one kind of job. It may run again after a crash, so it continues from what the database says is done.</summary>
public interface IJobHandler
{
    string Kind { get; }

    /// <summary>Something else shows its jobs for ever: they are not forgotten some time after their end.</summary>
    bool KeepsJobs => false;

    /// <returns>JSON for <see cref="Job.Output"/>.</returns>
    /// <exception cref="JobPostponedException">It cannot go on now and is to be tried again.</exception>
    Task<string> RunAsync(JobContext context, CancellationToken cancellationToken);
}
