using System.Globalization;

namespace Cairn.Testing;

/// <summary>1, 2, 3 … as 26 digits: the shape of a real identifier, the same in every run.</summary>
public sealed class SequentialIdentifiers : IIdentifiers
{
    private long _last;

    public string New() => Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture).PadLeft(26, '0');
}
