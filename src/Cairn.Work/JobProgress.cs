namespace Cairn.Work;

/// <summary>How far a job is: units done and in total (null while unknown), and what it is doing now.</summary>
public sealed record JobProgress(long Done, long? Total, string Step);
