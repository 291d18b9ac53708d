namespace Cairn.Training;

/// <summary>What was served within one hour.</summary>
public sealed record HourServed(DateTimeOffset Hour, long Calls, long Rows, long Refused, long Failed);
