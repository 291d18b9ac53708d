namespace Cairn.Work;

/// <summary>The worker lost its lease; another one has, or will have, the job. Whatever it was writing was taken back.</summary>
public sealed class LeaseLostException(string job) : CairnException(
    ErrorKind.Conflict, "job.lease-lost", $"The lease of job {job} was lost; another worker continues it.",
    "Nothing to do: the job goes on elsewhere.");
