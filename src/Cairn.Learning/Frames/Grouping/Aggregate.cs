namespace Cairn.Learning;

/// <summary>
/// What is computed of a group: <c>Aggregate.Mean("price")</c>, <c>Aggregate.Count().As("orders")</c>. Missing values do not count.
/// </summary>
public sealed record Aggregate
{
    private Aggregate(AggregateKind kind, string? column)
        => (Kind, Column, Name) = (kind, column, column is null ? "count" : $"{column}_{kind.ToString().ToLowerInvariant()}");

    internal AggregateKind Kind { get; }

    internal string? Column { get; }

    /// <summary>The result's name: <c>price_mean</c> unless <see cref="As"/> says another.</summary>
    public string Name { get; private init; }

    /// <summary>Rows of the group, missing values or not.</summary>
    public static Aggregate Count() => new(AggregateKind.Count, null);

    /// <summary>Values that are not missing.</summary>
    public static Aggregate Count(string column) => new(AggregateKind.Count, column);

    public static Aggregate Sum(string column) => new(AggregateKind.Sum, column);

    public static Aggregate Mean(string column) => new(AggregateKind.Mean, column);

    public static Aggregate Min(string column) => new(AggregateKind.Min, column);

    public static Aggregate Max(string column) => new(AggregateKind.Max, column);

    /// <summary>The standard deviation of a sample (n - 1); missing for a single value.</summary>
    public static Aggregate Std(string column) => new(AggregateKind.Std, column);

    public static Aggregate Median(string column) => new(AggregateKind.Median, column);

    /// <summary>The group's first value that is not missing; any kind of column.</summary>
    public static Aggregate First(string column) => new(AggregateKind.First, column);

    /// <inheritdoc cref="First"/>
    public static Aggregate Last(string column) => new(AggregateKind.Last, column);

    /// <summary>How many different values; any kind of column.</summary>
    public static Aggregate Distinct(string column) => new(AggregateKind.Distinct, column);

    public Aggregate As(string name) => this with { Name = name };
}
