using System.Collections.Immutable;
using Cairn.Learning;

namespace Cairn.Training;

/// <summary>Counts what one version serves, until it is written.</summary>
internal sealed class ServedTally
{
    private const int MostNames = 10;
    private readonly Lock gate = new();
    private readonly long[] latencies = new long[ServedCounts.LatencyEnds.Length + 1];
    private long[][]? bins;
    private long[] missing = [];
    private long[] fresh = [];
    private SortedSet<string>[] names = [];
    private long calls;
    private long rows;
    private long refused;
    private long failed;

    public void Refused()
    {
        lock (gate)
            (calls, refused) = (calls + 1, refused + 1);
    }

    public void Failed()
    {
        lock (gate)
            (calls, failed) = (calls + 1, failed + 1);
    }

    public void Served(DataProfile profile, Frame served, double microseconds)
    {
        lock (gate)
        {
            calls++;
            rows += served.RowCount;
            latencies[ServedCounts.LatencyBin(microseconds)]++;
            if (bins is null)
            {
                bins = [.. profile.Fields.Select(f => new long[f.Bins])];
                (missing, fresh, names) = (new long[bins.Length], new long[bins.Length],
                    [.. bins.Select(_ => new SortedSet<string>(StringComparer.Ordinal))]);
            }
            for (var i = 0; i < bins.Length; i++)
                Count(i, profile.Fields[i], served[profile.Fields[i].Name]);
        }
    }

    public ServedCounts ToCounts()
    {
        lock (gate)
        {
            return new()
            {
                Calls = calls,
                Rows = rows,
                Refused = refused,
                Failed = failed,
                Latencies = [.. latencies],
                Fields = bins is null ? [] : [.. bins.Select((b, i) => new FieldCounts([.. b], missing[i], fresh[i], [.. names[i]]))],
            };
        }
    }

    private void Count(int at, FieldProfile field, Column column)
    {
        for (var row = 0; row < column.Length; row++)
        {
            if (column.IsMissing(row))
            {
                missing[at]++;
                continue;
            }
            if (column is NumberColumn numbers)
            {
                bins![at][DataProfile.BinOf(field.Edges, numbers.Values[row])]++;
            }
            else if (field.Kind == FeatureKind.Category)
            {
                var name = column.TextOf(row);
                var known = field.Names.IndexOf(name);
                bins![at][known >= 0 ? known : field.Bins - 1]++;
                if (known >= 0 || field.Has(name))
                    continue;
                fresh[at]++;
                if (names[at].Count < MostNames)
                    names[at].Add(name.Length <= 100 ? name : name[..100]);
            }
        }
    }
}
