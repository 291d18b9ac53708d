namespace Cairn.EndToEnd.Tests;

/// <summary>The same moment always, so that two runs make the same pictures.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
